from sym.sdk.annotations import prefetch, reducer
from sym.sdk.field_option import FieldOption
from sym.sdk.integrations import slack
from sym.sdk.notifications import Notification
from sym.sdk.request_permission import PermissionLevel, RequestPermission


@reducer
def get_permissions(event):
    return RequestPermission(
        webapp_view=PermissionLevel.ADMIN,
        approve_deny=PermissionLevel.MEMBER,
    )


@reducer
def get_request_notifications(event):
    return [Notification(destinations=[slack.channel("#access-requests")])]


@prefetch(field_name="repo_name")
def get_repositories(event):
    return [FieldOption(value="website", label="Website")]
