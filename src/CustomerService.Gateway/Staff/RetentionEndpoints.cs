using System.Collections.Immutable;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.OpenApi;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains;
using CustomerService.Grains.Retention;
using CustomerService.Grains.Turns;
using CustomerService.Reporting.Retention;
using CustomerService.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Gateway.Staff;

/// <param name="Rules">As retention.yaml says them, in a line.</param>
/// <param name="NextRun">When the next daily run begins; left out: everything is kept.</param>
/// <param name="Next">What it would erase now, by channel.</param>
/// <param name="Left">What it would leave though it is old enough, the oldest first.</param>
/// <param name="IsWhole">False: there are so many old ones that only the oldest were looked at one by one.</param>
/// <param name="Running">The run that is under way; left out: none.</param>
/// <param name="Past">The newest first.</param>
public sealed record RetentionReport(
    string Rules, DateTimeOffset? NextRun, ImmutableArray<RetentionOutlook> Next, ImmutableArray<LeftConversation> Left, bool IsWhole, RetentionRun? Running, ImmutableArray<RetentionRun> Past);

/// <param name="Kept">Such as <c>180d</c>.</param>
/// <param name="Erased">So many conversations.</param>
/// <param name="Oldest">When the last word was said in the oldest of these; left out: there is none.</param>
public sealed record RetentionOutlook(string Channel, string Kept, int Erased, DateTimeOffset? Oldest);

/// <param name="By">Who wanted it; left out: it was the daily one.</param>
/// <param name="Erased">Conversations, by channel.</param>
/// <param name="Left">Conversations that were old enough, by the reason why they were left.</param>
/// <param name="Customers">Customers' records that were erased.</param>
public sealed record RetentionRun(
    string Id, string? By, DateTimeOffset BeganAt, DateTimeOffset? EndedAt, ImmutableSortedDictionary<string, int> Erased, ImmutableSortedDictionary<string, int> Left, int Customers);

/// <summary>How long conversations are kept: what the next run would erase, what former ones did, and a run now.</summary>
internal static class RetentionEndpoints
{
    public static void Map(RouteGroupBuilder staff)
    {
        var retention = staff.MapGroup("/retention").WithTags("Operations");

        retention.MapGet("", (IGrainClient grains, IRetentionRules rules, RetentionPreviews previews, TimeProvider time, CancellationToken cancellation) =>
                ReportAsync(grains, rules, previews, time, cancellation))
            .For(Permission.SeeRetention)
            .WithSummary("Read how long conversations are kept")
            .WithDescription("The rules, what the next run would erase and leave (nothing is erased by asking), and what former runs did.")
            .Produces<RetentionReport>()
            .WithExamples(null, Examples.RetentionReport)
            .Fails(401, 403, 503);

        retention.MapPost("/run", async (Body<Act> body, HttpContext context, IGrainClient grains, IRetentionRules rules, RetentionPreviews previews, TimeProvider time, CancellationToken cancellation) =>
            {
                if (rules.Current.KeepsEverything)
                    throw Problems.Refused(new Refused("everything_is_kept", "By the rules everything is kept; say in retention.yaml how long it shall be."));
                await context.ActAsync(Grain.Retention, new AskForErasing(Who(body.Value.By)), cancellation);
                return await ReportAsync(grains, rules, previews, time, cancellation);
            })
            .For(Permission.ManageRetention)
            .WithSummary("Erase now what is older than it is kept")
            .WithDescription("It begins within seconds and can't be undone. Refused while a run is under way, and where everything is kept. Answers as reading does.")
            .Produces<RetentionReport>()
            .WithExamples(Examples.Act, Examples.RetentionReport)
            .Fails(400, 401, 403, 409, 413, 415);
    }

    private static async Task<IResult> ReportAsync(IGrainClient grains, IRetentionRules rules, RetentionPreviews previews, TimeProvider time, CancellationToken cancellation)
    {
        var view = await grains.AskForAsync<RetentionView>(Grain.Retention, new GetRetention(), cancellation);
        var preview = await previews.LookAsync(rules.Current, cancellation);
        return Json.Ok(
            new RetentionReport(
                preview.Rules.ToString(), preview.Rules.KeepsEverything ? null : preview.Rules.NextDue(time.GetUtcNow()),
                [.. preview.Channels.Select(each => new RetentionOutlook(each.Channel, each.Keep.ToString(), each.Erased, each.Oldest))],
                preview.LeftOnes, preview.IsWhole, view.Running is { } running ? Of(running) : null, [.. view.Past.Select(Of)]),
            GatewayJson.Wire.RetentionReport);
    }

    private static RetentionRun Of(ErasingRun run) => new(run.Id, run.By, run.BeganAt, run.EndedAt, run.Counts.Erased, run.Counts.Left, run.Counts.Customers);

    private static string Who(string? by) => Ids.Checked("by", by) ?? throw Problems.InvalidField("by", "The field 'by' is missing: who does this.");
}
