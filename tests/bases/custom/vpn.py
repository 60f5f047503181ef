from sym.sdk.strategies import AccessStrategy


class VpnAccessStrategy(AccessStrategy):
    def fetch_remote_identity(self, user):
        return user.email

    def escalate(self, target_id, event):
        return {"granted": True}

    def deescalate(self, target_id, event):
        return {"granted": False}
