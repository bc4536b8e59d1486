namespace Causality.Storage;

/// <summary>The databases that the store runs on, with one code path.</summary>
public enum DatabaseProvider
{
    /// <summary>A file; for the embedded form.</summary>
    Sqlite,

    /// <summary>A server; for the services.</summary>
    PostgreSql,
}
