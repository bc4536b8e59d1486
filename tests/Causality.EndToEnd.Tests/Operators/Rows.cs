using Npgsql;

namespace Causality.EndToEnd.Tests.Operators;

/// <summary>Looks into an operator's database, past its services.</summary>
internal static class Rows
{
    /// <summary>The first column of every row, as text.</summary>
    public static async Task<List<string>> ReadAsync(NpgsqlConnection connection, string query, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Every query is a constant of a test but for names of its own or of the catalog, quoted by the server.
        await using var command = new NpgsqlCommand(query, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(reader.GetString(0));
        return rows;
    }
}
