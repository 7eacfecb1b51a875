using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using CustomerService.Gateway.Attachments;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.Reports;
using CustomerService.Gateway.Sockets;
using CustomerService.Gateway.Staff;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Customers;
using CustomerService.Grains.Explanations;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Tickets;

namespace CustomerService.Gateway;

/// <summary>How the gateway writes and reads JSON: generated at build, names in camelCase, nulls left out, doubled fields refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true,
    Converters = [typeof(StatusNames), typeof(AuthorNames)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionStarted))]
[JsonSerializable(typeof(CustomerSign))]
[JsonSerializable(typeof(UploadedFile))]
[JsonSerializable(typeof(TicketClaim))]
[JsonSerializable(typeof(Rating))]
[JsonSerializable(typeof(TranscriptRequest))]
[JsonSerializable(typeof(SendMessage))]
[JsonSerializable(typeof(AcceptedMessage))]
[JsonSerializable(typeof(ConversationListing))]
[JsonSerializable(typeof(FiguresAnswer))]
[JsonSerializable(typeof(ConversationPage))]
[JsonSerializable(typeof(ConversationTrace))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(ClientFrame))]
[JsonSerializable(typeof(ServerFrame))]
[JsonSerializable(typeof(AgentSettings))]
[JsonSerializable(typeof(PresenceChoice))]
[JsonSerializable(typeof(WrapUpResult))]
[JsonSerializable(typeof(DeclinedOffer))]
[JsonSerializable(typeof(AgentReply))]
[JsonSerializable(typeof(DraftText))]
[JsonSerializable(typeof(DraftReview))]
[JsonSerializable(typeof(AgentNote))]
[JsonSerializable(typeof(AgentAction))]
[JsonSerializable(typeof(TransferRequest))]
[JsonSerializable(typeof(Act))]
[JsonSerializable(typeof(ReasonedAct))]
[JsonSerializable(typeof(SnoozeRequest))]
[JsonSerializable(typeof(CallbackRequest))]
[JsonSerializable(typeof(CallbackReport))]
[JsonSerializable(typeof(PriorityRequest))]
[JsonSerializable(typeof(AlertList))]
[JsonSerializable(typeof(OwnersAlerts))]
[JsonSerializable(typeof(RetentionReport))]
[JsonSerializable(typeof(SuggestionNews))]
[JsonSerializable(typeof(FollowUpAnswer))]
[JsonSerializable(typeof(AnswerFeedback))]
[JsonSerializable(typeof(Correction))]
[JsonSerializable(typeof(TranslationPreview))]
[JsonSerializable(typeof(TranslatedDraft))]
[JsonSerializable(typeof(ReturnRequest))]
[JsonSerializable(typeof(QueueList))]
[JsonSerializable(typeof(AgentView))]
[JsonSerializable(typeof(AgentTimeline))]
[JsonSerializable(typeof(AgentClientFrame))]
[JsonSerializable(typeof(AgentServerFrame))]
[JsonSerializable(typeof(CustomerSettings))]
[JsonSerializable(typeof(CustomerView))]
[JsonSerializable(typeof(QueueView))]
[JsonSerializable(typeof(TicketState))]
[JsonSerializable(typeof(ParkedCommands))]
[JsonSerializable(typeof(ParkedMailList))]
[JsonSerializable(typeof(ClusterStatus))]
[JsonSerializable(typeof(ChannelReport))]
[JsonSerializable(typeof(PeopleList))]
[JsonSerializable(typeof(NewPerson))]
[JsonSerializable(typeof(RoleChange))]
[JsonSerializable(typeof(FirstPassword))]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(IssuedToken))]
internal sealed partial class GatewayJson : JsonSerializerContext
{
    /// <summary>The one that is used: every language's letters as they are; what means something in markup is still escaped.</summary>
    public static GatewayJson Wire => Written.Instance;

    // Apart, because it needs Default to be there already.
    private static class Written
    {
        public static readonly GatewayJson Instance = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
    }
}

/// <summary>A conversation's states by the names that the whole API uses: <c>on_hold</c>, not <c>OnHold</c>.</summary>
internal sealed class StatusNames() : JsonStringEnumConverter<ConversationStatus>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary>Who wrote a message: <c>customer</c>, not <c>Customer</c>.</summary>
internal sealed class AuthorNames() : JsonStringEnumConverter<Author>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
