using System.Text.Json.Nodes;

namespace CustomerService.Grains.Conversations;

/// <summary>Rewrites stored conversations of earlier releases.</summary>
internal static class ConversationUpgrades
{
    /// <summary>
    /// 1 to 2: a stay in a line is a record of its own. Since when a conversation waits was not kept then; its last message's time stands for it,
    /// and its queue knows the right place already.
    /// </summary>
    public static JsonObject ToStays(JsonObject state)
    {
        var last = (state["tail"] as JsonArray)?.LastOrDefault()?["at"] ?? state["createdAt"];
        state["statusSince"] = last?.DeepClone();
        if ((string?)state["status"] is "Queued" or "Assigned")
            state["waitingSince"] = last?.DeepClone();
        if ((string?)state["status"] == "Queued")
        {
            state["stay"] = new JsonObject
            {
                ["queue"] = state["queue"]?.DeepClone(),
                ["priority"] = state["handoff"]?["priority"]?.DeepClone() ?? 0,
            };
        }

        return state;
    }

    /// <summary>5 to 6: all customers' records that were told are known; of older conversations the last one is. Nothing was held by law.</summary>
    public static JsonObject ToRecords(JsonObject state)
    {
        state["records"] = state["linkedCustomerId"]?.DeepClone() is { } linked ? new JsonArray(linked) : new JsonArray();
        return state;
    }
}
