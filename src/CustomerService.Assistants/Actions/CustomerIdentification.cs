using CustomerService.Assistants.Responses;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Turns;
using CustomerService.Integrations.Identity;
using CustomerService.Integrations.Orders;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Actions;

/// <summary>Who writes: the customer behind the address, what is known of them, and whether they have proved to be somebody.</summary>
public sealed class CustomerIdentification(IGrainClient grains, IdentityCheck identityCheck, IOrderSystem orders) : IPipelineAction
{
    private const string Basic = "basic";

    /// <summary>How long a proof holds within its conversation.</summary>
    public static readonly TimeSpan ProofHolds = TimeSpan.FromMinutes(30);

    private static readonly string[] ProfileFields = ["id", "name", "email", "tier", "language", "preferred_tone", "shop_customer_id", "interactions"];
    private static readonly string[] HistoryFields = ["author", "text", "channel", "intent", "sentiment", "timestamp"];
    private static readonly string[] OutputFields = ["customer_profile", "interaction_history", "authentication_status", "authentication_level"];

    public ActionContract Contract { get; } = new(
        "customer_identification",
        "Finds the customer behind the address and checks a proof of identity where the message offers one.",
        [
            new("customer_id"),
            new("channel"),
            new("authentication_level", AutoRule: "'basic' (two matching facts, or the site's signature) for what concerns the customer's own orders, account or money, 'none' for the rest; settled once the intent is known."),
        ],
        [.. OutputFields]);

    public async ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        var run = call.Run;
        var memory = run.Share<RunMemory>();
        memory.ProofRequired = call.Text("authentication_level") is { } level && level != "none";
        var (customer, vouched) = await CustomerAsync(call, cancellation);
        run.Draft.LastServedBy = customer.LastServedBy;
        var (finding, shopCustomer) = await VouchedAsync(run, vouched, cancellation) ?? await ProveAsync(run, memory, cancellation);
        memory.Identity = finding;
        memory.Tier = shopCustomer?.Tier ?? customer.Profile.Tier;
        if (shopCustomer is not null)
            memory.OwnDetails = [shopCustomer.Email];
        var status = Status(run.Context, finding);
        return new ActionResult(
            new Fields(OutputFields, Profile(customer, finding.Proven, shopCustomer), History(customer, run.Context), status, finding.Proven?.Level ?? "none"),
            status == "anonymous" ? null : finding.Vouched ? $"identity {status} by the site's signature" : $"identity {status}");
    }

    private static string Status(RunContext context, IdentityFinding finding)
    {
        if (finding.Proven is not null)
            return "verified";
        if (context.FailedProofs + (finding.Failed ? 1 : 0) >= IdentityFinding.MostFailures)
            return "locked";
        return finding.Failed ? "failed" : "anonymous";
    }

    private async ValueTask<(CustomerView Customer, VouchedCustomer? Vouched)> CustomerAsync(ActionCall call, CancellationToken cancellation)
    {
        var message = call.Run.Context.Message;
        var owner = message.Address.Length > 0
            ? await grains.AskAsync(Grain.Address(message.Channel, message.Address), new ResolveAddress(), cancellation) as AddressOwner
            : null;
        var id = owner?.CustomerId ?? (call.Run.Context.CustomerId is { Length: > 0 } known ? known : call.Text("customer_id") ?? "");
        return id.Length > 0 && await grains.AskAsync(Grain.Customer(id), new GetCustomer(), cancellation) is CustomerView view
            ? (view, owner?.Vouched)
            : (new CustomerView(new CustomerProfile(id, null, null, "standard", null, "professional"), [], 0), owner?.Vouched);
    }

    /// <summary>Whom the owner's site has signed in is that customer, whatever else was said: nobody but them can write here. Null: the site names nobody whom the shop knows.</summary>
    private async ValueTask<(IdentityFinding Finding, ShopCustomer? Customer)?> VouchedAsync(RunScope run, VouchedCustomer? vouched, CancellationToken cancellation)
    {
        if (vouched is null || vouched.Until <= run.StartedAt)
            return null;
        var customer = vouched.ShopCustomerId is { } id ? await orders.FindCustomerAsync(id, cancellation)
            : vouched.Email is { } email ? await orders.FindCustomerByEmailAsync(email, cancellation)
            : null;
        if (customer is null)
            return null;
        var proven = Proven(customer, vouched.At, vouched.Until);
        if (run.Context.Identity is not { } held || held.CustomerId != proven.CustomerId || held.Until < proven.Until)
            run.Draft.Identity = proven;
        return (new IdentityFinding(proven, false, CustomerProof.Nothing) { Vouched = true }, customer);
    }

    private async ValueTask<(IdentityFinding Finding, ShopCustomer? Customer)> ProveAsync(RunScope run, RunMemory memory, CancellationToken cancellation)
    {
        var context = run.Context;
        if (context.Identity is { } held && held.Until > run.StartedAt)
            return (new IdentityFinding(held, false, CustomerProof.Nothing), await orders.FindCustomerAsync(held.CustomerId, cancellation));
        if (context.FailedProofs >= IdentityFinding.MostFailures)
            return (IdentityFinding.None, null); // nothing is tried any more, right or wrong
        var offered = memory.ProofIn(context);
        var proof = offered.After(PendingKinds.ProofSoFar(context.Pending));
        if (offered == CustomerProof.Nothing || !proof.IsComplete)
            return (new IdentityFinding(null, false, proof), null);
        if (await identityCheck.ProveAsync(proof, cancellation) is not { } customer)
        {
            run.Draft.ProofFailed = true;
            return (new IdentityFinding(null, true, CustomerProof.Nothing), null);
        }

        var proven = Proven(customer, run.StartedAt, run.StartedAt + ProofHolds);
        run.Draft.Identity = proven;
        return (new IdentityFinding(proven, false, CustomerProof.Nothing), customer);
    }

    private static ProvenIdentity Proven(ShopCustomer customer, DateTimeOffset at, DateTimeOffset until) =>
        new(customer.Id, $"{customer.FirstName} {customer.LastName}", Basic, at, until);

    private static Fields Profile(CustomerView view, ProvenIdentity? proven, ShopCustomer? shopCustomer)
    {
        var profile = view.Profile;
        return new Fields(
            ProfileFields, profile.Id, proven?.Name ?? profile.Name, shopCustomer?.Email ?? profile.Email, shopCustomer?.Tier ?? profile.Tier,
            profile.Language, profile.PreferredTone, proven?.CustomerId, view.Interactions);
    }

    // What happened in other conversations, then this one's lines: oldest first.
    private static List<object?> History(CustomerView view, RunContext context)
    {
        var history = new List<object?>(view.Recent.Count + context.History.Length);
        foreach (var past in view.Recent)
        {
            if (past.ConversationId != context.ConversationId)
                history.Add(new Fields(HistoryFields, "customer", past.Text, past.Channel, past.Intent, past.Sentiment, Timestamp(past.At)));
        }

        foreach (var line in context.History)
            history.Add(new Fields(HistoryFields, AuthorName(line.Author), line.Text, context.Message.Channel, null, null, Timestamp(line.At)));
        return history;
    }

    private static string AuthorName(Author author) => author switch
    {
        Author.Customer => "customer",
        Author.Assistant => "assistant",
        Author.Agent => "agent",
        _ => "system",
    };

    private static string Timestamp(DateTimeOffset at) => at.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
