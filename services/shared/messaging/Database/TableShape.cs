using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Causality.Messaging.Database;

/// <summary>The names that the model gives a table and its columns, quoted, for the few statements that LINQ cannot say.</summary>
internal sealed class TableShape
{
    private readonly Dictionary<string, string> _columns;

    private TableShape(string table, bool hasRowLocks, Dictionary<string, string> columns) => (Table, HasRowLocks, _columns) = (table, hasRowLocks, columns);

    /// <summary>The table.</summary>
    internal string Table { get; }

    /// <summary>True where a query can lock rows: on PostgreSQL.</summary>
    internal bool HasRowLocks { get; }

    /// <summary>The column of a property.</summary>
    internal string this[string property] => _columns[property];

    internal static TableShape Of<T>(DbContext database) where T : class
    {
        var entity = database.Model.FindEntityType(typeof(T))
            ?? throw new InvalidOperationException($"{typeof(T).Name} is not mapped; register the IEntityTables that maps it before the bus starts.");
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var quote = database.GetService<ISqlGenerationHelper>();
        var columns = entity.GetProperties().ToDictionary(property => property.Name, property => quote.DelimitIdentifier(property.GetColumnName(table)!));
        return new TableShape(quote.DelimitIdentifier(table.Name, table.Schema), database.Database.IsNpgsql(), columns);
    }
}
