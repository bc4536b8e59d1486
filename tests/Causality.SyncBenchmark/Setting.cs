namespace Causality.SyncBenchmark;

/// <summary>How much to measure.</summary>
internal sealed record Setting(bool Json, bool Quick, string? Only)
{
    /// <summary>Times that each side does a piece of work; the medians are reported.</summary>
    public int Runs => 3;

    /// <summary>Segments of 1,000 entries that a cold sync moves.</summary>
    public int ColdSegments => Quick ? 300 : 4_000;

    /// <summary>Segments of 20 entries, of which ten are missing.</summary>
    public int SmallSegments => Quick ? 4_000 : 40_000;

    /// <summary>Segments of 1,000 entries, of which some have three entries more at the peer.</summary>
    public int EditedSegments => Quick ? 400 : 4_000;

    /// <summary>How many have: as many in a quick run, because what comes once in every sync (handshakes, headers) would hide the rest.</summary>
    public static int Edits => 100;

    /// <summary>Segments of one entry, equal on both sides.</summary>
    public int EqualSegments => Quick ? 5_000 : 100_000;

    /// <summary>Longest wait for one sync; longer is a fault, not a figure.</summary>
    public static TimeSpan Patience => TimeSpan.FromMinutes(5);

    public bool Wants(string work) => Only is null || work.Contains(Only, StringComparison.Ordinal);

    public static Setting Read(string[] args) => new(
        args.Contains("--json"), args.Contains("--quick"), args.FirstOrDefault(argument => argument.StartsWith("--only=", StringComparison.Ordinal))?[7..]);
}
