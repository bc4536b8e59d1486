using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Causality.Storage.Database;

/// <summary>The names that the model gives a table and its columns, quoted, for the few statements that LINQ cannot say.</summary>
public sealed class TableShape
{
    private static readonly ConditionalWeakTable<IModel, ConcurrentDictionary<Type, TableShape>> Known = [];
    private readonly Dictionary<string, string> _columns;

    private TableShape(string table, bool hasRowLocks, Dictionary<string, string> columns) =>
        (Table, HasRowLocks, _columns, Columns) = (table, hasRowLocks, columns, string.Join(", ", columns.Values));

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <summary>True where a query can lock rows: on PostgreSQL.</summary>
    public bool HasRowLocks { get; }

    /// <summary>Every mapped column, separated by commas.</summary>
    /// <remarks>Never a star: the server refuses a prepared statement whose columns have changed, and a newer version may add one while we run.</remarks>
    public string Columns { get; }

    /// <summary>The column of a property.</summary>
    public string this[string property] => _columns[property];

    /// <summary>The shape of the table that <typeparamref name="T"/> is mapped to.</summary>
    /// <exception cref="InvalidOperationException">It is not mapped in this process.</exception>
    public static TableShape Of<T>(DbContext database) where T : class =>
        Known.GetOrCreateValue(database.Model).GetOrAdd(typeof(T), static (type, context) => Read(type, context), database);

    private static TableShape Read(Type type, DbContext database)
    {
        var entity = database.Model.FindEntityType(type)
            ?? throw new InvalidOperationException($"{type.Name} is not mapped; register the IEntityTables that maps it before it is used.");
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var quote = database.GetService<ISqlGenerationHelper>();
        var columns = entity.GetProperties().ToDictionary(property => property.Name, property => quote.DelimitIdentifier(property.GetColumnName(table)!));
        return new TableShape(quote.DelimitIdentifier(table.Name, table.Schema), database.Database.IsNpgsql(), columns);
    }
}
