namespace Causality.Storage.Log;

/// <summary>What an append did.</summary>
/// <param name="Appended">Entries that are new to the log.</param>
/// <param name="AlreadyPresent">Entries that the log held already, byte for byte; appending twice is harmless.</param>
public readonly record struct AppendResult(int Appended, int AlreadyPresent);
