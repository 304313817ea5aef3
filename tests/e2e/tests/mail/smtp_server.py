"""An SMTP server for the tests of letters: real, with STARTTLS and AUTH, which then does what it is told.

smtp_server.py MODE CERTIFICATE KEY prints its port, then a line of JSON for every letter that it took. Modes: `take`,
`busy` (says 421 to the first letter), `refuse` (550 to every reader), `vanish` (takes the first letter and hangs up).
"""

import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, mode):
        self.mode = mode
        self.first = True

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "refuse":
            return f"550 5.1.1 {address} has no mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        first, self.first = self.first, False
        if first and self.mode == "busy":
            return "421 4.3.2 come back later"
        letter = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "authenticated": session.authenticated,
            "raw": base64.b64encode(envelope.content).decode(),
        }
        print(json.dumps(letter), flush=True)
        if first and self.mode == "vanish":
            server.transport.abort()
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"anna", b"se cret"))


async def serve(mode, certificate, key):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    handler = Handler(mode)

    def connection():
        return SMTP(
            handler,
            hostname="localhost",
            require_starttls=True,
            tls_context=context,
            authenticator=authenticate,
            auth_required=True,
        )

    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve(*sys.argv[1:]))
