using Causality.Core;
using Causality.Storage.Log.Reconciling;

namespace Causality.Storage.Log.Sharing;

/// <summary>What is shared with some peer.</summary>
/// <param name="Scope">Which part of the log.</param>
/// <param name="Log">That part, as if it were all.</param>
/// <param name="Index">Its segments in memory.</param>
public sealed record SharedLog(SegmentScope Scope, ISharedLog Log, SegmentIndex Index);
