from sym.sdk.annotations import reducer


@reducer
def get_flows(user, flows, flows_filter_vars):
    return flows
