using Causality.Storage.Blobs;

namespace Causality.Storage.Maintenance;

/// <summary>What was removed.</summary>
/// <param name="DryRun">True when nothing was, and the rest says what would have been.</param>
/// <param name="Orphans">Blobs that no row pointed at.</param>
/// <param name="Temporary">Files of interrupted writes.</param>
public sealed record GarbageReport(bool DryRun, LeftOvers Orphans, LeftOvers Temporary);
