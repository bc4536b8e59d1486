namespace Causality.Contracts.Tests.AsyncApi;

/// <summary>Which contracts other systems may rely on. A new message type must be put into one of these lists.</summary>
internal static class PublicContracts
{
    /// <summary>What others may publish.</summary>
    public static IReadOnlyList<Type> Entrances { get; } = [typeof(SyncRequested), typeof(CancelSync), typeof(ConflictDecided)];

    /// <summary>What others may subscribe to.</summary>
    public static IReadOnlyList<Type> Events { get; } =
        [typeof(SyncAccepted), typeof(SyncRejected), typeof(SyncProgressed), typeof(SyncCompleted), typeof(SyncSkipped), typeof(SyncFailed), typeof(SyncCancelled),
            typeof(ConflictResolved), typeof(ConflictDecisionRequested)];

    /// <summary>What the operator's services say to each other.</summary>
    public static IReadOnlyList<Type> Internal { get; } =
    [
        typeof(BeginSync), typeof(CompareSegments), typeof(TransferSegments), typeof(ResolveConflicts), typeof(SegmentsCompared), typeof(SegmentsTransferred),
        typeof(ConflictsResolved), typeof(SyncStepProgressed), typeof(SyncStepFailed), typeof(SyncDeadlinePassed),
        typeof(PauseSync), typeof(ResumeSync), typeof(RedriveSync), typeof(StopSyncWork),
        typeof(PlanSync), typeof(SyncPlanned), typeof(CountConflicts), typeof(ConflictsCounted),
    ];

    /// <summary>Both kinds of public messages.</summary>
    public static IEnumerable<Type> Messages => Entrances.Concat(Events);

    /// <summary>The public messages and every record and enumeration in them.</summary>
    public static IReadOnlyList<Type> Everything { get; } = [.. Messages.Concat(Messages.SelectMany(Parts)).Distinct()];

    /// <summary>Every message type of the assembly: records of the root namespace that no other record contains.</summary>
    public static IReadOnlyList<Type> Declared()
    {
        var records = typeof(SyncRequested).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(SyncRequested).Namespace && type.GetMethod("<Clone>$") is not null).ToList();
        return [.. records.Except(records.SelectMany(Parts))];
    }

    /// <summary>The public contract of this name, or null.</summary>
    public static Type? TypeOf(string name) => Everything.FirstOrDefault(type => type.Name == name);

    private static IEnumerable<Type> Parts(Type record)
    {
        var own = record.GetProperties().Select(property => property.PropertyType).SelectMany(type => type.IsGenericType ? type.GetGenericArguments() : [type])
            .Where(type => type.Assembly == record.Assembly).Distinct().ToList();
        return own.Concat(own.SelectMany(Parts));
    }
}
