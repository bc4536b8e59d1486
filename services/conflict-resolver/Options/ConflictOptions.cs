using Causality.Core;

namespace Causality.ConflictResolver.Options;

/// <summary>How conflicts are decided. Configuration section <c>Conflicts</c>.</summary>
/// <remarks>The most particular setting counts: the peer's that brought the newest version, else the entry type's, else the general one.</remarks>
public sealed class ConflictOptions : StrategySetting
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Conflicts";

    /// <summary>Settings by peer.</summary>
    /// <value>Default none.</value>
    public Dictionary<string, StrategySetting> Peers { get; } = new(StringComparer.Ordinal);

    /// <summary>Settings by entry type: <c>effect</c>, <c>fact</c>, <c>event</c>.</summary>
    /// <value>Default none.</value>
    public Dictionary<string, StrategySetting> EntryTypes { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is done about entries with one timestamp and different ids.</summary>
    /// <value>Default <see cref="SameTimestamp.Ignore"/>.</value>
    public SameTimestamp SameTimestamp { get; set; } = SameTimestamp.Ignore;

    /// <summary>Folder with assemblies that hold strategies of one's own.</summary>
    /// <value>Default null: none.</value>
    public string? PluginFolder { get; set; }

    /// <summary>How long a plug-in may think about one conflict.</summary>
    /// <value>Default 5 s; 10 ms to 1 minute.</value>
    public TimeSpan PluginTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long <c>message</c> waits for a <c>ConflictDecided</c>; then <see cref="Fallback"/> decides.</summary>
    /// <value>Default 1 hour; 1 s to 365 days.</value>
    public TimeSpan DecisionTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The built-in strategy that decides when nobody answered in time.</summary>
    /// <value>Default <see cref="ConflictStrategy.LatestWins"/>; not <see cref="ConflictStrategy.Custom"/>.</value>
    public ConflictStrategy Fallback { get; set; } = ConflictStrategy.LatestWins;

    /// <summary>How often the log is looked through for what came in outside of syncs, and deadlines are kept.</summary>
    /// <value>Default 5 s; 100 ms to 1 hour.</value>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Days for which it is remembered which peer brought which entries. What the ledger holds is kept for ever.</summary>
    /// <value>Default 90; 1 to 36,500.</value>
    public int ArrivalDays { get; set; } = 90;

    /// <summary>The setting for a conflict.</summary>
    /// <param name="peerId">The peer that brought the newest version; null for none.</param>
    /// <param name="entryType">Its entry type.</param>
    internal StrategySetting For(string? peerId, string entryType) =>
        peerId is not null && Peers.TryGetValue(peerId, out var peer) ? peer : EntryTypes.GetValueOrDefault(entryType) ?? this;
}
