"""A mail server that takes letters over STARTTLS from whoever signs in, and prints each as a line of JSON.

Arguments: certificate and key, PEM. The first line printed is its port.
"""

import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Letters:
    asked = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user"
        if address.startswith("later@"):
            Letters.asked += 1
            if Letters.asked == 1:
                return "451 4.3.0 later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        text = envelope.content.decode("ascii")
        letter = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "text": text, "tls": session.ssl is not None}
        print(json.dumps(letter), flush=True)
        return "250 taken"


def sign_in(server, session, envelope, mechanism, data):
    is_known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"support", b"a secret")
    # Not handled: the answer to who is not known is left to the server.
    return AuthResult(success=is_known, handled=False)


async def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[1], sys.argv[2])

    def connection():
        return SMTP(
            Letters(),
            hostname="localhost",
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            authenticator=sign_in,
        )

    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
