//! Network interfaces, where packets go from them, and who is asked for names.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use sysinfo::{NetworkData, Networks};

use crate::system::{ADDRESSES_MAX, Network, PARTS_MAX, TEXT_MAX};
use crate::text;

pub(super) fn list() -> Vec<Network> {
    let Ok(found) = Networks::new_with_refreshed_list() else { return Vec::new() };
    let networks = found.iter().filter(|(name, _)| name.as_encoded_bytes() != b"lo");
    let mut networks: Vec<_> = networks.map(|(name, data)| network(&name.to_string_lossy(), data)).collect();
    networks.sort_by(|a, b| {
        a.addresses.is_empty().cmp(&b.addresses.is_empty()).then_with(|| a.name.cmp(&b.name))
    });
    networks.truncate(PARTS_MAX);
    networks
}

fn network(name: &str, data: &NetworkData) -> Network {
    let mac = data.mac_address();
    let mut addresses: Vec<_> = data.ip_networks().iter().map(|network| network.addr).collect();
    addresses.sort_unstable();
    addresses.truncate(ADDRESSES_MAX);
    Network {
        name: text::line(name, TEXT_MAX),
        mac: if mac.is_unspecified() { String::new() } else { mac.to_string() },
        addresses,
        received_bytes: data.total_received(),
        sent_bytes: data.total_transmitted(),
    }
}

pub(super) fn gateways() -> Vec<IpAddr> {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let mut gateways = of_routes(&read("/proc/net/route"), &read("/proc/net/ipv6_route"));
    gateways.truncate(ADDRESSES_MAX);
    gateways
}

/// The gateways of the routes to everywhere. The formats are the kernel's: `net/ipv4/fib_trie.c`, `fib_route_seq_show`
/// (addresses in the order of this machine's bytes), and `net/ipv6/ip6_fib.c`, `ipv6_route_native_seq_show`.
fn of_routes(ipv4: &str, ipv6: &str) -> Vec<IpAddr> {
    let ipv4 = ipv4.lines().skip(1).filter_map(|line| {
        let mut fields = line.split_whitespace().skip(1);
        let (to, gateway) = (fields.next()?, u32::from_str_radix(fields.next()?, 16).ok()?);
        let is_everywhere = to == "00000000" && gateway != 0;
        is_everywhere.then(|| IpAddr::from(Ipv4Addr::from(gateway.to_ne_bytes())))
    });
    let ipv6 = ipv6.lines().filter_map(|line| {
        let fields: Vec<_> = line.split_whitespace().collect();
        let [_, "00", _, _, gateway, ..] = *fields else { return None };
        let gateway = u128::from_str_radix(gateway, 16).ok().filter(|gateway| *gateway != 0)?;
        Some(IpAddr::from(Ipv6Addr::from(gateway)))
    });
    let mut gateways = Vec::new();
    for gateway in ipv4.chain(ipv6) {
        if !gateways.contains(&gateway) {
            gateways.push(gateway);
        }
    }
    gateways
}

/// From resolv.conf(5). Where systemd-resolved stands between, its own file names those that it asks
/// (systemd-resolved.service(8), `/run/systemd/resolve/resolv.conf`).
pub(super) fn name_servers() -> Vec<IpAddr> {
    let read = |path| std::fs::read_to_string(path).map(|text| in_resolv_conf(&text)).unwrap_or_default();
    let asked = read("/run/systemd/resolve/resolv.conf");
    if asked.is_empty() { read("/etc/resolv.conf") } else { asked }
}

fn in_resolv_conf(text: &str) -> Vec<IpAddr> {
    let servers = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let address = words.next().filter(|word| *word == "nameserver").and(words.next())?;
        // An IPv6 address may name its interface behind a percent sign.
        address.split('%').next()?.parse().ok()
    });
    servers.take(ADDRESSES_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::{in_resolv_conf, of_routes};

    #[test]
    fn gateways_are_those_of_the_routes_to_everywhere() {
        let ipv4 = "\
Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
wlan0\t00000000\t010200C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0";
        let zero = "0".repeat(32);
        let ipv6 = format!(
            "{zero} 00 {zero} 00 fe800000000000000000000000000001 00000064 00000001 00000000 00000003 eth0\n\
             fe800000000000000000000000000000 40 {zero} 00 {zero} 00000100 00000001 00000000 00000001 eth0\n\
             {zero} 00 {zero} 00 {zero} ffffffff 00000001 00000000 00200200 lo"
        );
        let gateways: Vec<_> = of_routes(ipv4, &ipv6).iter().map(ToString::to_string).collect();
        // The kernel writes the four bytes as a number of this machine.
        let ipv4 = if cfg!(target_endian = "little") { "192.0.2.1" } else { "1.2.0.192" };
        assert_eq!(gateways, [ipv4, "fe80::1"]);
        assert!(of_routes("", "x y").is_empty());
    }

    #[test]
    fn name_servers_are_read_from_resolv_conf() {
        let text = "# made by hand\nsearch example.org\nnameserver 192.0.2.53\nnameserver fe80::1%eth0\nnameserver x";
        let servers: Vec<_> = in_resolv_conf(text).iter().map(ToString::to_string).collect();
        assert_eq!(servers, ["192.0.2.53", "fe80::1"]);
    }
}
