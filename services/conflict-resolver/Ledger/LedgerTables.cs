using System.Text.Json;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.ConflictResolver.Ledger;

/// <summary>The conflict-resolver's own tables.</summary>
internal sealed class LedgerTables : IEntityTables
{
    public static JsonTable<LedgerRecord> Ledger { get; } = new("ledger", nameof(LedgerRecord.Kind), nameof(LedgerRecord.Subject));

    public static JsonTable<VersionRecord> Versions { get; } = new("versions", nameof(VersionRecord.Kind), nameof(VersionRecord.Subject), nameof(VersionRecord.EntryHash));

    public static JsonTable<DecisionRecord> Decisions { get; } = new("decisions", nameof(DecisionRecord.Kind), nameof(DecisionRecord.Subject), nameof(DecisionRecord.Number));

    public static JsonTable<Storage.Database.Records.LedgerViewRecord> Views { get; } = new("views", "Kind", "Subject");

    public const string Schema = "conflicts";

    public void Map(ModelBuilder model, TableNames names)
    {
        Map(model, names, Ledger);
        Map(model, names, Versions);
        Map(model, names, Decisions);
    }

    private static void Map<T>(ModelBuilder model, TableNames names, JsonTable<T> table) where T : class => model.Entity<T>(entity =>
    {
        names.Table(entity, Schema, table.Name);
        entity.HasKey([.. table.Keys]);
        foreach (var property in entity.Metadata.GetProperties().ToList())
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    });
}
