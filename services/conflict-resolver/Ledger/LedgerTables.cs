using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.ConflictResolver.Ledger;

/// <summary>The conflict-resolver's own table.</summary>
internal sealed class LedgerTables : IEntityTables
{
    public void Map(ModelBuilder model, TableNames names) => model.Entity<ConflictVersion>(entity =>
    {
        names.Table(entity, "conflicts", "versions");
        entity.HasKey(version => new { version.EntryId, version.EntryHash });
        foreach (var property in entity.Metadata.GetProperties().ToList())
            property.SetColumnName(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    });
}
