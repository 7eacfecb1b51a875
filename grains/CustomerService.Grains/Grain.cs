using System.Security.Cryptography;
using System.Text;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains;

/// <summary>The stored names of the kinds of grains. They are part of every address: never change one.</summary>
public static class GrainKinds
{
    public const string Conversation = "conversation";
    public const string Customer = "customer";
    public const string Address = "address";
    public const string Queue = "queue";
    public const string Agent = "agent";
    public const string Ticket = "ticket";
    public const string Budget = "budget";
    public const string Delivery = "delivery";
    public const string MailThread = "thread";
    public const string Staff = "staff";
    public const string Audit = "audit";
    public const string Personal = "personal";
    public const string Reviews = "reviews";
    public const string Alerts = "alerts";
    public const string Retention = "retention";
}

/// <summary>Addresses of grains, one way to write each.</summary>
public static class Grain
{
    public static GrainId Conversation(string id) => new(GrainKinds.Conversation, id);

    public static GrainId Customer(string id) => new(GrainKinds.Customer, id);

    /// <summary>The directory's grain of one address, keyed <c>channel:address</c>; of an overlong address, by its hash.</summary>
    public static GrainId Address(string channel, string address)
    {
        var key = $"{channel}:{address}";
        if (key.Length > GrainId.MaxKeyLength)
            key = $"{channel}:sha256-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)))}";
        return new GrainId(GrainKinds.Address, key);
    }

    public static GrainId Queue(string name) => new(GrainKinds.Queue, name);

    public static GrainId Agent(string id) => new(GrainKinds.Agent, id);

    public static GrainId Ticket(string id) => new(GrainKinds.Ticket, id);

    /// <summary>What goes out of a conversation; its key is the conversation's.</summary>
    public static GrainId Delivery(string conversationId) => new(GrainKinds.Delivery, conversationId);

    /// <summary>What is known of a mail by its Message-ID; of an overlong one, by its hash.</summary>
    public static GrainId MailThread(string messageId) => new(GrainKinds.MailThread, Address("email", messageId).Key);

    /// <summary>Everybody who works here.</summary>
    public static GrainId Staff { get; } = new(GrainKinds.Staff, "all");

    /// <summary>What is one person's own: their drafts and what they are told.</summary>
    public static GrainId Personal(string personId) => new(GrainKinds.Personal, personId);

    /// <summary>What reviewers say of the work in a conversation; its key is the conversation's.</summary>
    public static GrainId Reviews(string conversationId) => new(GrainKinds.Reviews, conversationId);

    /// <summary>What is out of order, and who has taken it on.</summary>
    public static GrainId Alerts { get; } = new(GrainKinds.Alerts, "all");

    /// <summary>What was erased because it was old, and what is under way.</summary>
    public static GrainId Retention { get; } = new(GrainKinds.Retention, "all");

    /// <summary>What was done by whom.</summary>
    public static GrainId Audit { get; } = new(GrainKinds.Audit, "log");

    /// <summary>What chat models may take on that day.</summary>
    /// <param name="day">In UTC.</param>
    public static GrainId ModelBudget(DateOnly day) => new(GrainKinds.Budget, $"models:{day:yyyy-MM-dd}");
}
