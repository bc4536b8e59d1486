using Causality.Storage.Log;

namespace Causality.Storage.Backup;

/// <summary>What a snapshot says about the log; which contents belong to it stands in a file beside (<see cref="ContentList"/>).</summary>
/// <param name="Migration">The schema's last migration.</param>
/// <param name="Head">The log.</param>
internal sealed record SnapshotContent(string Migration, LogHead Head);
