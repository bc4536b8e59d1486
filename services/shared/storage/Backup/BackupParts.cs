namespace Causality.Storage.Backup;

/// <summary>The folders inside of a backup.</summary>
internal static class BackupParts
{
    /// <summary>Journals of active segments: what was acknowledged and not yet published.</summary>
    public const string Journals = "journals";

    /// <summary>The database as it was at one moment.</summary>
    public const string Database = "database";

    /// <summary>The rest of the data folder, such as the identity.</summary>
    public const string Files = "files";
}
