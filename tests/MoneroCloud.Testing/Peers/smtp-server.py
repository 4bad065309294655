"""A mail server (aiosmtpd) that takes mails and answers as told.

  smtp-server.py FOLDER PORT [--tls CERT KEY] [--starttls CERT KEY] [--login USER:PASSWORD]

FOLDER/script.json is read at every step, so a test may change it: {"connect", "auth", "rcpt", "data", "end": "450 4.2.0 not now"} is said in place
of the usual reply ("rcpt" may be an object by recipient); "drop": true ends the connection after the final dot without a reply;
"silent": true takes the mail and never says a word. FOLDER/mails.jsonl gets a line for every mail whose final dot came, before it is answered.
"""
import argparse
import asyncio
import json
import os
import ssl

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Script:
    def __init__(self, folder):
        self.folder = folder

    def get(self, step):
        try:
            with open(os.path.join(self.folder, "script.json"), encoding="utf-8") as file:
                return json.load(file).get(step)
        except FileNotFoundError:
            return None

    def keep(self, mail):
        with open(os.path.join(self.folder, "mails.jsonl"), "a", encoding="utf-8") as file:
            file.write(json.dumps(mail) + "\n")


class Handler:
    def __init__(self, script):
        self.script = script

    async def handle_RCPT(self, server, session, envelope, address, options):
        said = self.script.get("rcpt")
        said = said.get(address) if isinstance(said, dict) else said
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        self.script.keep({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None or server.implicit,
            "user": session.auth_data,
            "mail": envelope.content.decode("utf-8", "replace"),
        })
        if self.script.get("drop"):
            server.transport.abort()
            await asyncio.sleep(3600)
        if self.script.get("silent"):
            await asyncio.sleep(3600)
        return self.script.get("end") or "250 2.0.0 ok: queued as 4fYx1"


class Server(SMTP):
    def __init__(self, handler, script, implicit, **options):
        super().__init__(handler, **options)
        self.script = script
        self.implicit = implicit

    async def _handle_client(self):
        if self.script.get("mute"):
            await asyncio.sleep(3600)
        await super()._handle_client()

    async def push(self, status):
        said = self.script.get("connect") if str(status).startswith("220 ") and self.session.host_name is None and not self.session.extended_smtp else None
        await super().push(said if said else status)

    async def smtp_DATA(self, arg):
        said = self.script.get("data")
        if said and self.envelope.rcpt_tos:
            await self.push(said)
            return
        await super().smtp_DATA(arg)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("port", type=int)
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--starttls", nargs=2)
    parser.add_argument("--login")
    chosen = parser.parse_args()
    script = Script(chosen.folder)

    def context(files):
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(*files)
        return made

    def authenticate(server, session, envelope, mechanism, data):
        said = script.get("auth")
        if said:
            return AuthResult(success=False, handled=False, message=said)
        given = isinstance(data, LoginPassword) and f"{data.login.decode()}:{data.password.decode()}" == chosen.login
        return AuthResult(success=given, handled=False, auth_data=data.login.decode() if given else None)

    options = {"hostname": "mail.test", "enable_SMTPUTF8": True, "ident": "test"}
    if chosen.starttls:
        options.update(tls_context=context(chosen.starttls), require_starttls=True)
    if chosen.login:
        options.update(authenticator=authenticate, auth_required=True, auth_require_tls=chosen.starttls is not None)

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: Server(Handler(script), script, chosen.tls is not None, loop=loop, **options),
            "127.0.0.1", chosen.port, ssl=context(chosen.tls) if chosen.tls else None)
        await server.serve_forever()

    asyncio.run(serve())


main()
