//! Shares that add up.

/// Shares in tenths of a per cent, whose sum is 1,000 where anything was counted: each is rounded down, and the tenths that are
/// left go one each to those that lost most by it (largest remainder; of equals the earlier row).
pub(super) fn per_mille(counts: &[i64]) -> Vec<i64> {
    let total: i64 = counts.iter().sum();
    if total <= 0 {
        return vec![0; counts.len()];
    }
    let mut shares: Vec<i64> = counts.iter().map(|count| count * 1000 / total).collect();
    let left = usize::try_from(1000 - shares.iter().sum::<i64>()).unwrap_or_default();
    let mut by_loss: Vec<(i64, &mut i64)> =
        counts.iter().map(|count| count * 1000 % total).zip(&mut shares).collect();
    by_loss.sort_by_key(|(remainder, _)| -remainder);
    for (_, share) in by_loss.into_iter().take(left) {
        *share += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::per_mille;

    #[test]
    fn shares_add_up_to_the_whole() {
        let check = |counts: &[i64], expected: &[i64]| assert_eq!(per_mille(counts), expected, "{counts:?}");
        check(&[], &[]);
        check(&[0, 0], &[0, 0]);
        check(&[1, 1, 1], &[334, 333, 333]);
        check(&[1, 2, 0], &[333, 667, 0]);
        check(&[1; 7], &[143, 143, 143, 143, 143, 143, 142]);
        let many: Vec<i64> = (0..10_000).map(|count| count % 17).collect();
        assert_eq!(per_mille(&many).iter().sum::<i64>(), 1000);
    }
}
