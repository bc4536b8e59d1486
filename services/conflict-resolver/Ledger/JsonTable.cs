using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Causality.Storage.Database;
using Microsoft.EntityFrameworkCore;

namespace Causality.ConflictResolver.Ledger;

/// <summary>Writes many rows of a table in one statement, as one JSON parameter, on both databases.</summary>
/// <typeparam name="T">The row; its properties are the columns, in snake_case.</typeparam>
/// <remarks>Row by row through EF a conflict costs about a millisecond; so it is some microseconds.</remarks>
internal sealed class JsonTable<T>(string name, params string[] keys) where T : class
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UpperCaseGuid() },
    };

    private static readonly (string Name, string Type)[] Columns =
        [.. typeof(T).GetProperties().Select(property => (JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), TypeOf(property.PropertyType)))];

    public string Name => name;

    public IReadOnlyList<string> Keys => keys;

    /// <summary>Inserts rows, and changes those whose keys are there.</summary>
    public async Task UpsertAsync(CausalityDbContext database, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
    {
        if (rows.Count > 0)
            await database.Database.ExecuteSqlRawAsync(Sql(database.Names), [JsonSerializer.Serialize(rows, Json)], cancellationToken);
    }

    /// <summary>Inserts rows; those whose keys are there stay as they are.</summary>
    public async Task InsertAsync(CausalityDbContext database, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
    {
        if (rows.Count > 0)
            await database.Database.ExecuteSqlRawAsync(Sql(database.Names, keepsOld: true), [JsonSerializer.Serialize(rows, Json)], cancellationToken);
    }

    private string Sql(TableNames names, bool keepsOld = false)
    {
        var all = string.Join(", ", Columns.Select(column => $"\"{column.Name}\""));
        var keyColumns = keys.Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).ToList();
        var changes = string.Join(", ", Columns.Where(column => !keyColumns.Contains(column.Name)).Select(column => $"\"{column.Name}\" = excluded.\"{column.Name}\""));

        // WHERE true: without it SQLite takes ON CONFLICT for a join's condition.
        var source = names.HasSchemas
            ? $"SELECT {all} FROM json_to_recordset(CAST({{0}} AS json)) AS rows({string.Join(", ", Columns.Select(column => $"\"{column.Name}\" {column.Type}"))})"
            : $"SELECT {string.Join(", ", Columns.Select(column => $"value ->> '{column.Name}'"))} FROM json_each({{0}}) WHERE true";
        return $"INSERT INTO {names.Quoted(LedgerTables.Schema, name)} ({all}) {source} ON CONFLICT ({string.Join(", ", keyColumns)}) DO {(keepsOld ? "NOTHING" : $"UPDATE SET {changes}")}";
    }

    private static string TypeOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string) ? "text"
            : plain == typeof(long) ? "bigint"
            : plain == typeof(int) || plain.IsEnum ? "integer"
            : plain == typeof(Guid) ? "uuid"
            : throw new NotSupportedException($"{typeof(T).Name} has a column of type {plain.Name}; give it a column type here.");
    }

    /// <summary>EF keeps them so in SQLite, as text; PostgreSQL takes any case.</summary>
    private sealed class UpperCaseGuid : JsonConverter<Guid>
    {
        public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetGuid();

        public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString().ToUpperInvariant());
    }
}
