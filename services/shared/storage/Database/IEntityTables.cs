using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Database;

/// <summary>Tables that a room adds to the operator's database; registered as a singleton service.</summary>
/// <remarks>The room owns the entity and its mapping; the schema itself stands in this project's <c>Migrations</c>, one history for the whole database.</remarks>
public interface IEntityTables
{
    /// <summary>Maps the room's entities.</summary>
    /// <param name="model">The model being built.</param>
    /// <param name="names">Turns (schema, table) into what the database in use calls it.</param>
    void Map(ModelBuilder model, TableNames names);
}
