using Npgsql;

namespace Causality.Storage.Database;

/// <summary>What a connection to PostgreSQL is opened with, unless the connection string says otherwise.</summary>
/// <remarks>
/// A sync of a peer that is equal already is some thirty statements, most of them known: prepared, and without the reset between two uses, they cost the
/// server and us a third less. Nothing here keeps state in a session. Behind a pooler that hands a session to several clients (PgBouncer in transaction mode)
/// say <c>Max Auto Prepare=0</c>.
/// Prepared ones are planned for each use nevertheless, which costs some 0.05 ms: the server's plan for every use, made while a table was empty, reads all of the
/// table for each batch of a first sync (measured: 4 ms a look at 4,000 rows, not 0.1 ms, and more with each row).
/// </remarks>
internal static class PostgresSettings
{
    private const int Statements = 100;

    public static string WithDefaults(string connectionString)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString);
        // ContainsKey would ask whether there is such a setting at all, not whether it was given.
        if (!text.ShouldSerialize("Max Auto Prepare"))
            (text.MaxAutoPrepare, text.AutoPrepareMinUsages) = (Statements, 3);
        if (!text.ShouldSerialize("No Reset On Close"))
            text.NoResetOnClose = true;

        if (text.MaxAutoPrepare > 0 && !text.ShouldSerialize("Options"))
            text.Options = "-c plan_cache_mode=force_custom_plan";

        // Asking for Kerberos costs every connection a round trip, and where its library is missing, as in the images, .NET complains on standard error.
        if (!text.ShouldSerialize("GSS Encryption Mode"))
            text.GssEncryptionMode = GssEncryptionMode.Disable;
        return text.ConnectionString;
    }
}
