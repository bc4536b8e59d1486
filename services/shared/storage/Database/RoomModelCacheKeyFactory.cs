using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Causality.Storage.Database;

/// <summary>Keys EF's process-wide model cache by database, service and registered tables: tests and the embedded form hold several models in one process.</summary>
internal sealed class RoomModelCacheKeyFactory : IModelCacheKeyFactory
{
    /// <inheritdoc/>
    public object Create(DbContext context, bool designTime) =>
        (context.GetType(), (context as CausalityDbContext)?.ModelKey, context.Database.ProviderName, designTime);
}
