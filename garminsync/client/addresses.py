"""Which hosts the library talks to: Garmin's own, or all of them replaced by a simulator's."""

from garminconnect.client import Client


def point_at(client: Client, url: str) -> None:
    """Replaces every base address of the library, so that nothing can reach the real hosts."""
    if not url:
        return
    client._sso = url
    client._connect = url
    client._connectapi = url
    client._di_token_url = f"{url}/di-oauth2-service/oauth/token"
    client._ios_service_url = f"{url}/gcm/ios"
    client._mobile_sso_service_url = f"{url}/gcm/android"
    client._portal_service_url = f"{url}/app"
