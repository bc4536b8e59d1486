namespace Causality.Storage.Maintenance;

/// <summary>How far a long piece of work is.</summary>
/// <param name="Step">What is being done, for people.</param>
/// <param name="Done">Pieces done.</param>
/// <param name="Total">Pieces in all; 0 while nobody knows.</param>
/// <param name="Left">What is left, for people, where pieces do not say it; null for nothing.</param>
public readonly record struct MaintenanceProgress(string Step, long Done, long Total, string? Left = null);
