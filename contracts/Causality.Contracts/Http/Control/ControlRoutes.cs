namespace Causality.Contracts.Http.Control;

/// <summary>Routes of the scheduler's control API; JSON with snake_case names, errors as problem+json.</summary>
public static class ControlRoutes
{
    /// <summary>GET lists peers, POST adds or changes one.</summary>
    public const string Peers = "/v1/peers";

    /// <summary>GET shows a peer, DELETE removes it.</summary>
    public const string Peer = "/v1/peers/{peerId}";

    /// <summary>POST switches a peer off: no sync with it begins, and its key is not let in.</summary>
    public const string PausePeer = "/v1/peers/{peerId}/pause";

    /// <summary>POST switches a peer on again.</summary>
    public const string ResumePeer = "/v1/peers/{peerId}/resume";

    /// <summary>POST asks what a sync with the peer would do; waits <c>wait_ms</c> (10,000, at most 60,000) for the answer, then gives 202 and the place to look.</summary>
    public const string PlanSync = "/v1/peers/{peerId}/plan";

    /// <summary>POST asks why the logs are not equal; answers as <see cref="PlanSync"/>.</summary>
    public const string Explain = "/v1/peers/{peerId}/explanation";

    /// <summary>GET shows a plan or an explanation.</summary>
    public const string Plan = "/v1/plans/{planId:guid}";

    /// <summary>GET lists its segments: <c>after</c>, <c>limit</c> (100, at most 1,000).</summary>
    public const string PlanSegments = "/v1/plans/{planId:guid}/segments";

    /// <summary>GET lists syncs, newest first; POST requests one.</summary>
    public const string Syncs = "/v1/syncs";

    /// <summary>GET shows a sync.</summary>
    public const string Sync = "/v1/syncs/{syncId:guid}";

    /// <summary>POST ends a sync.</summary>
    public const string CancelSync = "/v1/syncs/{syncId:guid}/cancel";

    /// <summary>GET shows the scheduler: whether its schedule runs, its peers, its running syncs.</summary>
    public const string Status = "/v1/status";

    /// <summary>POST stops the schedule of the operator, whatever the number of schedulers: requests are still served.</summary>
    public const string StopSchedule = "/v1/schedule/stop";

    /// <summary>POST starts it again.</summary>
    public const string StartSchedule = "/v1/schedule/start";

    /// <summary>GET streams public events (server-sent events); resumes after the <c>Last-Event-ID</c> header or <c>after</c>.</summary>
    public const string Events = "/v1/events";

    /// <summary>GET tells who is asking and what they may do; POST begins a session with a token (JSON or a form) and sets its cookie; DELETE ends it.</summary>
    public const string Session = "/v1/session";

    /// <summary>POST ends the session, for forms, which cannot DELETE.</summary>
    public const string EndSession = "/v1/session/end";

    /// <summary>GET lists tokens, POST makes one.</summary>
    public const string Tokens = "/v1/tokens";

    /// <summary>DELETE revokes a token.</summary>
    public const string Token = "/v1/tokens/{name}";

    /// <summary>GET gives the OpenAPI document of the control and application API, for everybody.</summary>
    public const string Description = "/openapi/control.yaml";
}
