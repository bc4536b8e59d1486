using System.Globalization;
using Causality.Contracts.Http.Control;

namespace Causality.Scheduler.Dashboard.Peers;

/// <summary>The form for a peer: what was typed stays as it was typed, beside what is wrong with it.</summary>
public sealed record PeerFormModel
{
    /// <summary>True when a known peer is changed: its id stays.</summary>
    public bool IsChange { get; init; }

    /// <summary>The operator id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The gateway's address.</summary>
    public string Address { get; init; } = "";

    /// <summary>The pins, one a line.</summary>
    public string Pins { get; init; } = "";

    /// <summary>What is allowed.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = ["read", "resolve"];

    /// <summary>Prefixes of the segments that are shared with it, one a line; empty for the whole log.</summary>
    public string Scope { get; init; } = "";

    /// <summary>The overrides by name, as typed.</summary>
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is wrong, by field; empty when nothing is.</summary>
    public IReadOnlyDictionary<string, string> Faults { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The form of a known peer.</summary>
    public static PeerFormModel Of(PeerInfo peer)
    {
        var overrides = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in OverrideNames.Numbers)
        {
            if (peer.Overrides is { } set && field.Read(set) is { } value)
                overrides[field.Name] = value.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var field in OverrideNames.Switches)
        {
            if (peer.Overrides is { } set && field.Read(set) is { } value)
                overrides[field.Name] = value ? "yes" : "no";
        }

        if (peer.Overrides?.Mode is { } mode)
            overrides["mode"] = mode.ToString();
        return new PeerFormModel
        {
            IsChange = true,
            Id = peer.PeerId,
            Address = peer.Address,
            Pins = string.Join('\n', peer.Pins),
            Permissions = peer.Permissions,
            Scope = string.Join('\n', peer.Scope ?? []),
            Overrides = overrides,
        };
    }
}
