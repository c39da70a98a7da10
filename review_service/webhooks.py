"""Sends webhooks: signed, retried, to listed hosts only, without following redirects, checked at the socket.

Signed as Standard Webhooks 1.0 (https://www.standardwebhooks.com) says: the headers `webhook-id`, `webhook-timestamp` and
`webhook-signature`, the last being `v1,` and base64 of HMAC-SHA256 over "id.timestamp.body". The receiver answers 2xx
within ten seconds; anything else is tried again after 10 s, 1 min, 5 min, 30 min, 2 h and 12 h, with the same id.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import logging
import socket
import ssl
import threading
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

import orjson

from review_service.errors import SettingsError, StoreError
from review_service.settings import Settings
from review_service.store import Database
from review_service.store.deliveries import Delivery, delivered, not_delivered, take_delivery

_PATIENCE = 10  # seconds for the receiver to answer
_PAUSE = 2.0  # seconds between looks for something to send
_PREFIX = "whsec_"
_log = logging.getLogger(__name__)
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class NotDeliveredError(Exception):
    """The receiver could not be reached, may not be, or did not take the message; the text says why."""


class Sender:
    """Delivers webhooks to the receiver that settings name."""

    def __init__(self, settings: Settings) -> None:
        """Read the receiver's address, the hosts allowed and the secret.

        Raises:
            SettingsError: one of the three is missing or wrong; the message names it.
        """
        url = urlsplit(settings.webhook_url or "")
        self._secret = _secret(settings.webhook_secret)
        self._networks: list[Network] = []
        names = set()
        for entry in settings.webhook_hosts:
            try:
                self._networks.append(ipaddress.ip_network(entry))
            except ValueError:
                names.add(entry.casefold())
        if (url.hostname or "") not in names:
            raise SettingsError("REVIEW_WEBHOOK_URL: its host is not among REVIEW_WEBHOOK_HOSTS")
        self._host, self._secure = str(url.hostname), url.scheme == "https"
        try:
            self._port = url.port or (443 if self._secure else 80)
        except ValueError:
            raise SettingsError("REVIEW_WEBHOOK_URL: no such port") from None
        self._path = (url.path or "/") + (f"?{url.query}" if url.query else "")

    def send(self, delivery: Delivery) -> None:
        """Send one message.

        Raises:
            NotDeliveredError: it was not received.
        """
        body = orjson.dumps(delivery.payload)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "review-service",
            "webhook-id": delivery.message_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(self._secret, delivery.message_id, timestamp, body),
        }
        connection = self._connection()
        try:
            connection.request("POST", self._path, body, headers)
            status = connection.getresponse().status
        except (OSError, HTTPException) as error:
            raise NotDeliveredError(type(error).__name__) from error
        finally:
            connection.close()
        if not 200 <= status < 300:  # a redirect is not followed: it could lead anywhere
            raise NotDeliveredError(f"answered {status}")

    def _connection(self) -> HTTPConnection:
        sender = self

        class Plain(HTTPConnection):
            def connect(self) -> None:
                self.sock = sender.open_socket()

        class Encrypted(HTTPSConnection):
            def connect(self) -> None:
                self.sock = ssl.create_default_context().wrap_socket(sender.open_socket(), server_hostname=self.host)

        return (Encrypted if self._secure else Plain)(self._host, self._port, timeout=_PATIENCE)

    def open_socket(self) -> socket.socket:
        """Return a connection to the receiver, checked by the address that was really reached.

        A name may be made to point into the own network after it was checked; the address of the socket cannot.
        """
        line = socket.create_connection((self._host, self._port), timeout=_PATIENCE)
        address = ipaddress.ip_address(line.getpeername()[0].partition("%")[0])
        if not (address.is_global or any(address in network for network in self._networks)):
            line.close()
            raise NotDeliveredError("the address reached is a private one that REVIEW_WEBHOOK_HOSTS does not list")
        return line


def signature(secret: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    """Return the value of the header `webhook-signature`."""
    digest = hmac.digest(secret, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(digest).decode()}"


def deliver_one(database: Database, sender: Sender) -> bool:
    """Send one message that is due, if there is one; return whether there was."""
    with database.writing() as session:
        delivery = take_delivery(session)
    if delivery is None:
        return False
    try:
        sender.send(delivery)
    except NotDeliveredError as error:
        _log.warning("webhook %s was not delivered: %s", delivery.message_id, error)
        with database.writing() as session:
            not_delivered(session, delivery, str(error))
    else:
        with database.writing() as session:
            delivered(session, delivery)
    return True


def deliver_in_background(database: Database, sender: Sender) -> None:
    """Deliver what is due, from now on, in a thread of this process. Several processes share the work."""

    def work() -> None:
        while True:
            try:
                found = deliver_one(database, sender)
            except StoreError:
                found = False
            if not found:
                time.sleep(_PAUSE)

    threading.Thread(target=work, name="webhooks", daemon=True).start()


def _secret(text: str | None) -> bytes:
    """Return the bytes that a secret in the form of Standard Webhooks stands for."""
    try:
        if text is None or not text.startswith(_PREFIX):
            raise ValueError
        secret = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
        if len(secret) < 24:
            raise ValueError
    except (ValueError, binascii.Error):
        raise SettingsError("REVIEW_WEBHOOK_SECRET: whsec_ and base64 of 24 bytes or more") from None
    return secret
