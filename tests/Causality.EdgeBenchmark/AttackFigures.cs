namespace Causality.EdgeBenchmark;

/// <summary>What an attack has come to.</summary>
/// <param name="Rate">Requests, or connections opened, a second.</param>
/// <param name="Refused">Answers with 429.</param>
internal sealed record AttackFigures(double Rate, int Refused);
