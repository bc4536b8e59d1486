using Causality.Scheduler.Dashboard.Rendering;
using Causality.Scheduler.Peers;
using Causality.Storage.Database;

namespace Causality.Scheduler.Dashboard.Peers;

/// <summary>Adding a peer, and changing one by the same form.</summary>
internal static class PeerFormPages
{
    public static void MapPeerForm(this DashboardDoors doors)
    {
        doors.Operate.MapGet(DashboardRoutes.NewPeer, ShowAsync);
        doors.Operate.MapPost(DashboardRoutes.Peers, AddAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Viewer viewer, CausalityDbContext database)
    {
        if (context.Request.Query["peer"].ToString() is not { Length: > 0 } id)
            return new PageResult<PeerFormPage>(viewer.Frame(context), new PeerFormModel());
        return await PeerCatalog.FindAsync(database, id, context.RequestAborted) is { } peer
            ? new PageResult<PeerFormPage>(viewer.Frame(context), PeerFormModel.Of(peer))
            : Missing.Peer(viewer.Frame(context), id);
    }

    private static async Task<IResult> AddAsync(HttpContext context, Viewer viewer, PeerCatalog peers, CausalityDbContext database)
    {
        var (request, form) = PeerFormReader.Read(await PostedForm.ReadAsync(context));
        if (request is null)
            return new PageResult<PeerFormPage>(viewer.Frame(context), form, StatusCodes.Status400BadRequest);
        if (!form.IsChange && request.Id is { } id && await PeerCatalog.FindAsync(database, id, context.RequestAborted) is not null)
            return Faulty("id", $"'{Show.Text(id)}' is a peer already; open its page to change it.");
        try
        {
            await peers.AddAsync(request, context.RequestAborted);
        }
        catch (InvalidPeerException fault)
        {
            return Faulty(FieldOf(fault), fault.Reason);
        }

        return Redirects.After(DashboardRoutes.ToPeer(request.Id!), form.IsChange ? "changed" : "added");

        PageResult<PeerFormPage> Faulty(string field, string reason) =>
            new(viewer.Frame(context), form with { Faults = new Dictionary<string, string>(StringComparer.Ordinal) { [field] = reason } }, StatusCodes.Status400BadRequest);
    }

    // The field of the form: pins are typed into one; an override's fault begins with its name.
    private static string FieldOf(InvalidPeerException fault) => fault.Field switch
    {
        ['p', 'i', 'n', 's', ..] => "pins",
        "overrides" when fault.Reason.IndexOf(" is ", StringComparison.Ordinal) is > 0 and var end => fault.Reason[..end],
        _ => fault.Field,
    };
}
