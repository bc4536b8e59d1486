using Causality.Contracts.Http;
using Microsoft.AspNetCore.Http;

namespace Causality.Protocol.Server.Problems;

/// <summary>A request that is answered with a problem (RFC 9457). Thrown by handlers, answered by <c>UseProblemAnswers</c>.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="type">One of <see cref="ProblemTypes"/>.</param>
/// <param name="detail">What is wrong and the way out, for the caller: never paths, versions, SQL or the caller's own bytes unshortened.</param>
/// <param name="inner">The error behind it, for the log.</param>
public sealed class RequestProblemException(int status, string type, string detail, Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>One of <see cref="ProblemTypes"/>.</summary>
    public string Type { get; } = type;

    /// <summary>More members of the problem, such as <c>field</c> and <c>line</c>; names in snake_case.</summary>
    public IDictionary<string, object> Members { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>For 429 and 503: when to come again; null for the usual time.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The same with the name of the field at fault.</summary>
    public RequestProblemException In(string field) => With("field", field);

    /// <summary>The same with one more member.</summary>
    public RequestProblemException With(string name, object value)
    {
        Members[name] = value;
        return this;
    }

    /// <summary>404: no such route here.</summary>
    public static RequestProblemException NotFound() => new(StatusCodes.Status404NotFound, ProblemTypes.NotFound, "There is no such route here.");
}
