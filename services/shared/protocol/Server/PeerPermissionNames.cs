namespace Causality.Protocol.Server;

/// <summary>Permissions as people and rows write them: lower-case names, separated by commas.</summary>
public static class PeerPermissionNames
{
    /// <summary>What a peer may do when nobody has said anything else: <c>read,resolve</c>.</summary>
    public const string Default = "read,resolve";

    /// <summary>Every name, in the order in which they are written.</summary>
    public static IReadOnlyList<string> All { get; } = ["read", "write", "resolve"];

    /// <summary>Reads names; one that is not known allows nothing.</summary>
    public static PeerPermissions Parse(string names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Aggregate(PeerPermissions.None, (sum, name) => sum | name switch
        {
            "read" => PeerPermissions.Read,
            "write" => PeerPermissions.Write,
            "resolve" => PeerPermissions.Resolve,
            _ => PeerPermissions.None,
        });
    }
}
