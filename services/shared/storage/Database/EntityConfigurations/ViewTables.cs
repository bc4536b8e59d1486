using System.Text.Json;
using Causality.Storage.Database.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Causality.Storage.Database.EntityConfigurations;

/// <summary>What the ledger tells readers: <c>conflicts.head</c> and <c>conflicts.views</c>.</summary>
internal sealed class ViewTables : IEntityTables
{
    /// <inheritdoc/>
    public void Map(ModelBuilder model, TableNames names)
    {
        model.Entity<LedgerHeadRecord>(entity =>
        {
            names.Table(entity, "conflicts", "head");
            entity.HasKey(row => row.Id);
            entity.Property(row => row.Id).ValueGeneratedNever();
            NameColumns(entity);
        });
        model.Entity<LedgerViewRecord>(entity =>
        {
            names.Table(entity, "conflicts", "views");
            entity.HasKey(row => new { row.Kind, row.Subject });
            NameColumns(entity);
        });
    }

    /// <summary>Names the columns as the properties, in snake_case.</summary>
    internal static void NameColumns(EntityTypeBuilder entity)
    {
        foreach (var property in entity.Metadata.GetProperties().ToList())
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    }
}
