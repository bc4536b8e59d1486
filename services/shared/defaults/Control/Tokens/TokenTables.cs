using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.ServiceDefaults.Control.Tokens;

/// <summary>The tokens: <c>control.tokens</c>.</summary>
internal sealed class TokenTables : IEntityTables
{
    public void Map(ModelBuilder model, TableNames names) => model.Entity<TokenRecord>(entity =>
    {
        names.Table(entity, "control", "tokens");
        entity.HasKey(x => x.Name);
        entity.Property(x => x.Name).HasColumnName("name").HasComment("Who or what it is for");
        entity.Property(x => x.Hash).HasColumnName("hash").HasComment("SHA-256 of its text; the text itself is kept nowhere");
        entity.Property(x => x.Roles).HasColumnName("roles").HasComment("What it may do: read, operate, append, separated by commas");
        entity.Property(x => x.CreatedAt).HasColumnName("created_at").HasComment("ms since the Unix epoch");
        entity.Property(x => x.CreatedBy).HasColumnName("created_by").HasComment("Name of the token with which it was made");
        entity.Property(x => x.ExpiresAt).HasColumnName("expires_at").HasComment("ms since the Unix epoch; null for never");
        entity.Property(x => x.LastUsedAt).HasColumnName("last_used_at").HasComment("ms since the Unix epoch, to the minute; null for never");
        entity.Property(x => x.RevokedAt).HasColumnName("revoked_at").HasComment("ms since the Unix epoch; null while it is valid");
    });
}
