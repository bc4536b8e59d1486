namespace Causality.PipelineBenchmark;

#pragma warning disable CA1515 // The bus needs public message types.
/// <summary>Stands for SyncRequested.</summary>
public sealed record BareRequested(Guid Id);

/// <summary>Stands for BeginSync.</summary>
public sealed record BareBegin(Guid Id);

/// <summary>Stands for CompareSegments.</summary>
public sealed record BareCompare(Guid Id);

/// <summary>Stands for SegmentsCompared.</summary>
public sealed record BareCompared(Guid Id);

/// <summary>Stands for SyncSkipped.</summary>
public sealed record BareSkipped(Guid Id);
#pragma warning restore CA1515
