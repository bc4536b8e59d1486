namespace Causality.Contracts.Http.Control;

/// <summary>Routes of the conflict-resolver's control API; JSON with snake_case names, errors as problem+json.</summary>
public static class ConflictRoutes
{
    /// <summary>GET lists conflicts: <c>state</c>, <c>peer</c>, <c>trace_id</c>, <c>kind</c>, <c>strategy</c>, <c>entry_type</c>, <c>from</c>, <c>to</c>, <c>order</c>, <c>limit</c>, <c>after</c>.</summary>
    public const string Conflicts = "/v1/conflicts";

    /// <summary>GET shows one: <c>subject</c>, <c>kind</c>. The subject is a parameter because an entry id may hold any character.</summary>
    public const string Details = Conflicts + "/details";

    /// <summary>GET gives the bytes of one version: <c>hash</c>, an entry hash.</summary>
    public const string Entry = Conflicts + "/entry";

    /// <summary>GET counts them.</summary>
    public const string Summary = Conflicts + "/summary";

    /// <summary>GET tells who and what collides most: <c>from</c>, <c>to</c>, <c>top</c>.</summary>
    public const string Report = Conflicts + "/report";

    /// <summary>GET streams them as JSON Lines with their versions and earlier decisions; the parameters of <see cref="Conflicts"/> but for <c>order</c> and <c>limit</c>.</summary>
    public const string Export = Conflicts + "/export";

    /// <summary>POST decides.</summary>
    public const string Decide = Conflicts + "/decide";

    /// <summary>POST puts the decision before the one in force back into force.</summary>
    public const string Undo = Conflicts + "/undo";

    /// <summary>Most subjects in one decision.</summary>
    public const int MaxSubjects = 1_000;

    /// <summary>Most conflicts on one page.</summary>
    public const int MaxPage = 1_000;
}
