using System.Text.Json;
using System.Text.Json.Serialization;

namespace Causality.Storage.Backup;

/// <summary>What a backup holds: <c>manifest.json</c>, written last, so that a backup without one never counts.</summary>
public sealed record BackupManifest
{
    /// <summary>The layout that this program writes and reads.</summary>
    public const string CurrentFormat = "causality-backup 1";

    /// <summary>The layout.</summary>
    public required string Format { get; init; }

    /// <summary>The backup's name: the moment of its snapshot.</summary>
    public required string Name { get; init; }

    /// <summary>The moment of its snapshot, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The kind of database that the snapshot is of; it is restored into the same kind.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<DatabaseProvider>))]
    public required DatabaseProvider Provider { get; init; }

    /// <summary>The schema's last migration.</summary>
    public required string Migration { get; init; }

    /// <summary>The log's version.</summary>
    public required long LogVersion { get; init; }

    /// <summary>The log's root fingerprint, in hexadecimal.</summary>
    public required string Root { get; init; }

    /// <summary>Segments of the log.</summary>
    public required long Segments { get; init; }

    /// <summary>Sum of the segments' entry counts.</summary>
    public required long Entries { get; init; }

    /// <summary>Sum of the segments' content sizes, uncompressed.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Contents that could not be copied because they are damaged or missing where the backup was made; restoring gives an operator that lacks them.</summary>
    public required IReadOnlyList<string> Damaged { get; init; }

    /// <summary>Every other file of the backup.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };
}
