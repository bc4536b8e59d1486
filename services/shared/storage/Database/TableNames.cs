using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Causality.Storage.Database;

/// <summary>Names of tables in the database in use: <c>schema.table</c> on PostgreSQL, <c>schema_table</c> on SQLite, which has no schemas.</summary>
/// <param name="provider">The database in use.</param>
/// <param name="service">The service that opens it: the schema of its own inbox and outbox.</param>
public sealed class TableNames(DatabaseProvider provider, string service)
{
    /// <summary>The service that opens the database.</summary>
    public string Service { get; } = service;

    /// <summary>True on PostgreSQL.</summary>
    public bool HasSchemas { get; } = provider == DatabaseProvider.PostgreSql;

    /// <summary>Maps an entity to a table.</summary>
    public void Table<T>(EntityTypeBuilder<T> entity, string schema, string table) where T : class =>
        _ = HasSchemas ? entity.ToTable(table, schema) : entity.ToTable($"{schema}_{table}");

    /// <summary>The quoted name, for SQL written by hand.</summary>
    public string Quoted(string schema, string table) => HasSchemas ? $"\"{schema}\".\"{table}\"" : $"\"{schema}_{table}\"";
}
