using System.Net;

namespace Causality.Standalone.Client;

/// <summary>An operator refused a request of the command line.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="problem">What it said; null when that is not one of ours.</param>
internal sealed class ProblemException(HttpStatusCode status, ProblemAnswer? problem) : Exception(problem?.Detail ?? $"The operator answered {(int)status} {status}.")
{
    public ProblemAnswer? Problem { get; } = problem;

    /// <summary>Line of the request body at fault, counted from 1; null when it names none.</summary>
    public int? Line => Problem?.Line;
}
