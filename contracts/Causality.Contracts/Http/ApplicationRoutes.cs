namespace Causality.Contracts.Http;

/// <summary>The gateway's routes for the operator's own applications; never on the peer listener.</summary>
public static class ApplicationRoutes
{
    /// <summary>POST: append. GET: read, page by page.</summary>
    public const string Entries = "/v1/entries";

    /// <summary>GET: the entry that the view shows under an id; the id stands percent-encoded at the place of <c>{id}</c>.</summary>
    public const string Entry = Entries + "/{**id}";

    /// <summary>GET: the log as it stands.</summary>
    public const string Log = "/v1/log";

    /// <summary>POST: make everything appended so far visible to peers now.</summary>
    public const string Publish = Log + "/publish";

    /// <summary>GET: what another operator needs to add this one as a peer.</summary>
    public const string Identity = "/v1/identity";
}
