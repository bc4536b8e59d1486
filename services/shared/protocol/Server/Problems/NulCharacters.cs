using Causality.Contracts.Http;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server.Problems;

/// <summary>Refuses NUL characters in queries and forms.</summary>
/// <remarks>PostgreSQL's text has none, so a value that holds one can name nothing; asked for it, the database would call that an error of its own, and the caller would get a 500.</remarks>
public static class NulCharacters
{
    private const string Encoded = "%00";

    /// <exception cref="RequestProblemException">400 <c>field-out-of-range</c>.</exception>
    public static void RequireNoneIn(QueryString query)
    {
        if (query.Value?.Contains(Encoded, StringComparison.Ordinal) == true)
            throw Fault();
    }

    /// <param name="form">The body, as it was sent: <c>application/x-www-form-urlencoded</c>.</param>
    /// <exception cref="RequestProblemException">400 <c>field-out-of-range</c>.</exception>
    public static void RequireNoneIn(ReadOnlySpan<byte> form)
    {
        if (form.Contains((byte)0) || form.IndexOf("%00"u8) >= 0)
            throw Fault();
    }

    private static RequestProblemException Fault() => new(StatusCodes.Status400BadRequest, ProblemTypes.FieldOutOfRange, "A value holds a NUL character, which no value here can have.");
}
