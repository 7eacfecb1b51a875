using CustomerService.Assistants.Quality.Personal;
using CustomerService.Grains.Conversations;

namespace CustomerService.Silo.Composition;

/// <summary>What of a conversation is kept in traces and passed on with tickets: no cards, accounts, national ids and secrets.</summary>
internal static class KeptTexts
{
    /// <summary>Takes them out of any text of a run. In the customer's message it knows what came before: a number may be sent in two pieces.</summary>
    public static Func<string, string> Of(RunContext context)
    {
        string[] earlier = [.. context.History.Where(line => line.Author == Author.Customer).Select(line => line.Text)];
        return text => Redaction.RedactGuarded(text, text == context.Message.Content ? earlier : null).Text;
    }
}
