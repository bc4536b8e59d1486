namespace Causality.Storage;

/// <summary>A named point, and who can die there.</summary>
/// <param name="Name">One of <see cref="Failpoints"/>.</param>
/// <param name="Services">The services whose code passes it, each one of <see cref="ServiceNames"/>.</param>
public sealed record FailpointPlace(string Name, IReadOnlyList<string> Services);
