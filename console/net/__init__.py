"""Outgoing HTTP, secrets and signatures; the only floor that knows requests, argon2 and keyring."""
