namespace Causality.Storage;

/// <summary>Where an operator keeps its log. Configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>Which database holds the rows.</summary>
    /// <value>Default <see cref="DatabaseProvider.Sqlite"/>.</value>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>How to reach it; for SQLite optional.</summary>
    /// <value>Default for SQLite: <c>causality.db</c> in <see cref="DataFolder"/>. Required for PostgreSQL.</value>
    public string? ConnectionString { get; set; }

    /// <summary>The folder of blobs, active segments and the identity; shared by an operator's services.</summary>
    /// <value>Required.</value>
    public string DataFolder { get; set; } = "";

    /// <summary>Where contents are kept. Active segments and the identity stand in <see cref="DataFolder"/> in any case.</summary>
    /// <value>Default <see cref="SegmentStoreKind.Folder"/>.</value>
    public SegmentStoreKind Store { get; set; } = SegmentStoreKind.Folder;

    /// <summary>The bucket, for <see cref="SegmentStoreKind.S3"/>.</summary>
    public S3Options S3 { get; set; } = new();

    /// <summary>The name of the service, which names its own inbox and outbox tables.</summary>
    /// <value>Set by each service; one of <see cref="ServiceNames.All"/>.</value>
    public string ServiceName { get; set; } = ServiceNames.Standalone;

    /// <summary>Apply missing migrations at start. Off where another role or a job applies them: then the start waits for the schema instead.</summary>
    /// <value>Default true.</value>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>What the names of the services' database roles begin with: who applies migrations then gives each role what it needs, and takes what it does not.</summary>
    /// <value>Default none: no rights are given. PostgreSQL only; lower-case letters, digits and underscores, beginning with a letter, at most 41.</value>
    public string? RolePrefix { get; set; }

    /// <summary>How long a start waits for the database server and for its schema.</summary>
    /// <value>Default 60 s; 1 s to 1 h.</value>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
