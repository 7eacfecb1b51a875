namespace CustomerService.Gateway.OpenApi;

/// <summary>One example of each body, for the OpenAPI document. A test reads each back as its contract.</summary>
internal static class Examples
{
    public const string SessionStarted = """
        {"token":"AY7…","visitor":"8f14e45fceea167a5a36dedd4bea2543","expiresAt":"2030-01-31T10:00:00+00:00"}
        """;

    public const string SessionRequest = """{"identityToken":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.Zm9v"}""";

    public const string CustomerSign = """{"conversationId":"c-1001","type":"read","upTo":2}""";

    public const string UploadedFile = """{"ticket":"m1Zk…","name":"broken-cup.jpg","mediaType":"image/jpeg","bytes":48213}""";

    public const string Rating = """{"score":5,"comment":"Quick and kind."}""";

    public const string TranscriptRequest = """{"to":"rosa@example.com","requestId":"t-7f3a","timeZone":"Europe/Madrid"}""";

    public const string SendMessage = """
        {"conversationId":"c-1001","messageId":"m-1","text":"Where is my order #W2378156?","metadata":{"page":"/orders"}}
        """;

    public const string AcceptedMessage = """
        {"conversationId":"c-1001","messageId":"m-1","sequence":1,"duplicate":false}
        """;

    public const string AcceptedReply = """
        {"conversationId":"c-1001","messageId":"m-9","sequence":5,"duplicate":false}
        """;

    public const string ConversationListing = """
        {
          "conversations":[{"id":"c-1001","status":"assigned","statusSince":"2030-01-01T10:02:00+00:00","queue":"billing","agentId":"ada","lastAgentId":"ada","offeredTo":[],
            "priority":6,"channel":"email","account":"shop","address":"mia@example.org","customerId":"c-8f14e45fceea167a","customerName":"Mia Stone","addressName":"Mia","tier":"gold",
            "language":"en","intent":"refund_status","sentiment":-0.4,"subject":"My refund","lastText":"Where is my money?","lastBy":"customer",
            "lastMessageAt":"2030-01-01T10:05:00+00:00","unansweredSince":"2030-01-01T10:05:00+00:00","messages":4,"nextResponseDue":"2030-01-01T10:10:00+00:00",
            "resolutionDue":"2030-01-01T14:00:00+00:00","breached":false,"resolutionType":"human","openedAt":"2030-01-01T10:00:00+00:00","version":23}],
          "next":"TmV3ZXN0TWVzc2FnZXw-fDEyM3xjLTEwMDE",
          "counts":{"assigned":12,"queued":3}
        }
        """;

    public const string ConversationPage = """
        {
          "id":"c-1001",
          "standing":{"status":"assistant","working":false,"lastSequence":2,"deliveredUpTo":2,"readUpTo":0},
          "messages":[
            {"sequence":1,"id":"m-1","author":"customer","text":"Where is my order?","actions":[],"sources":[],"at":"2030-01-01T10:00:00+00:00"},
            {"sequence":2,"id":"m-1:answer","author":"assistant","text":"Which order is it?","actions":["Show my orders"],"sources":[],
             "at":"2030-01-01T10:00:01+00:00","status":"delivered","inReplyTo":"m-1"}
          ],
          "hasMore":false
        }
        """;

    public const string ConversationTrace = """
        {
          "id":"c-1001",
          "runs":[{"messageId":"m-1","at":"2030-01-01T10:00:01+00:00","channel":"chat","resolutionType":"automated","seconds":0.41,
            "signals":{"language":"en","intent":"order_status","confidence":0.93,"sentiment":-0.1,"emotions":[],"urgency":"normal"},
            "trace":{"tasks":[]}}]
        }
        """;

    public const string Explanation = """
        {
          "conversationId":"c-1001",
          "handoffs":[{"at":"2030-01-01T10:00:01+00:00","package":{"queue":"billing","priority":6,"reason":"asks for a refund","summary":"Wants the money for order #W2378156 back.",
            "skills":[],"articleIds":[],"needs":[{"skill":"refunds","level":3,"required":true}],
            "route":{"rule":"refunds","targets":[{"queue":"billing","timeoutSeconds":120},{"queue":"general"}]},"tier":"gold","language":"en","preferredSeconds":0}}],
          "stays":[{"queue":"billing","hop":1,"priority":6,"enteredAt":"2030-01-01T10:00:01+00:00","since":"2030-01-01T10:00:01+00:00","why":"rule 'refunds'",
            "relaxed":[],
            "offers":[{"offerId":"billing-7","agentId":"ada","madeAt":"2030-01-01T10:00:02+00:00","endedAt":"2030-01-01T10:00:32+00:00","outcome":"timed_out","state":"timed_out",
              "match":{"wanted":"refunds 3 (required)","relaxed":[],"chosen":"ada","why":"Ada fits and has been idle the longest.",
                "considered":[{"agentId":"ada","verdict":"chosen","why":"fits","match":1},{"agentId":"bob","verdict":"skipped","why":"has no refunds","match":0}],"others":0}}]}],
          "acts":[],
          "promises":[{"kind":"first_response","startedAt":"2030-01-01T10:00:01+00:00","targetSeconds":60,"dueAt":"2030-01-01T10:01:01+00:00","pauses":[]}],
          "states":[{"status":"queued","from":"2030-01-01T10:00:01+00:00","reason":"handed off"}],
          "now":{"wanted":"refunds 3 (required)","relaxed":[],"why":"Nobody who fits is free.","considered":[],"others":0}
        }
        """;

    public const string AgentSettings = """
        {
          "name":"Ada","queues":["general","billing"],"skills":["refunds","es"],"capacity":3,"levels":{"es":2},
          "desk":{
            "activities":[{"name":"lunch","available":false},{"name":"mail","available":true}],
            "channels":{"voice":{"max":1,"exclusive":true},"chat":{"max":2,"exclusive":false}},
            "queueUnits":{"billing":2},"queueDelays":{"billing":60},
            "graceSeconds":30,"strandedSeconds":120,"idleSeconds":900,"maxMissedOffers":3
          }
        }
        """;

    public const string PresenceChoice = """
        {"activity":"lunch","whenFree":true}
        """;

    public const string DeclinedOffer = """
        {"reason":"on the telephone"}
        """;

    public const string AgentView = """
        {
          "id":"ada","name":"Ada","presence":"available","presenceSince":"2030-01-01T08:00:00+00:00","capacity":3,"freeUnits":1,"queues":["general","billing"],
          "skills":["refunds","es"],"levels":{"es":2},"connections":1,
          "offers":[{"offerId":"general-7","queue":"general","conversationId":"c-1001","expiresAt":"2030-01-01T10:00:30+00:00","claimed":false,
                     "channel":"chat","units":1,"since":"2030-01-01T09:58:00+00:00","why":"ready for the longest time"}],
          "conversations":["c-1000"],
          "work":[{"conversationId":"c-1000","offerId":"general-6","queue":"general","channel":"chat","units":1,"since":"2030-01-01T09:50:00+00:00"}]
        }
        """;

    public const string WrapUpResult = """
        {"code":"refunded","note":"The new card is on file."}
        """;

    public const string AgentTimeline = """
        {
          "agentId":"ada","from":"2030-01-01T08:00:00+00:00","until":"2030-01-01T09:00:00+00:00",
          "intervals":[
            {"from":"2030-01-01T08:00:00+00:00","until":"2030-01-01T08:30:00+00:00","presence":"available","ready":true,"cause":"agent","units":1,
             "conversations":1,"wrappingUp":0,"seconds":1800},
            {"from":"2030-01-01T08:30:00+00:00","until":"2030-01-01T09:00:00+00:00","presence":"away","activity":"lunch","ready":false,"cause":"agent","units":0,
             "conversations":0,"wrappingUp":0,"seconds":1800}
          ],
          "totals":{"secondsByState":{"available":1800,"lunch":1800},"availableSeconds":1800,"busySeconds":1800,"wrapUpSeconds":0,"notReadySeconds":0,
            "unitSeconds":1800,"occupancy":1,"ended":{"resolved":1},"meanHandleSeconds":1800,"offers":2,"offersMissed":1}
        }
        """;

    public const string AgentReply = """
        {"agentId":"ada","messageId":"m-9","text":"I have sent it out again today."}
        """;

    public const string DraftText = """{"text":"Your card 4111 1111 1111 1111 was charged."}""";

    public const string DraftReview = """
        {
          "score":0.6667,"passed":false,"compliance":0,"tone":1,"accuracy":1,
          "findings":[{"check":"compliance","kind":"card","issue":"It shows a card number.","suggestion":"Write [card] instead, or leave it out; name at most the last four digits.",
            "blocks":true,"final":true}],
          "redacted":"Your card [card] was charged."
        }
        """;

    public const string AgentNote = """
        {"agentId":"ada","text":"The parcel came back on Monday."}
        """;

    public const string AgentAction = """
        {"agentId":"ada"}
        """;

    public const string TransferRequest = """
        {"agentId":"ada","queue":"billing","priority":5,"reason":"asks for a refund","warm":true,"note":"Was promised a refund on Monday.",
         "needs":[{"skill":"refunds","level":3,"required":true}]}
        """;

    public const string Act = """{"by":"sue"}""";

    public const string ReasonedAct = """{"by":"sue","reason":"needs a decision"}""";

    public const string SnoozeRequest = """{"by":"ada","until":"2030-01-02T09:00:00+00:00","reason":"the part arrives tomorrow"}""";

    public const string CallbackRequest = """{"to":"+44 20 7946 0000"}""";

    public const string CallbackReport = """{"agentId":"ada","reached":true}""";

    public const string PriorityRequest = """{"by":"sue","priority":8,"reason":"a journalist"}""";

    public const string FiguresAnswer = """
        {"report":{"from":"2030-01-01T00:00:00+00:00","until":"2030-01-08T00:00:00+00:00","timeZone":"Europe/Berlin",
          "total":{"cases":120,"takenUp":118,"automated":71,"handedOff":47,"abandoned":2,"settled":44,"reopened":3,"firstResponse":{"count":118,"p50":1.2,"p90":3.4},"promisesKept":40,"promisesBroken":5,"ratings":12,"satisfaction":4.4,"automationRate":0.6017},
          "before":{"cases":0,"takenUp":0,"automated":0,"handedOff":0,"abandoned":0,"settled":0,"reopened":0,"promisesKept":0,"promisesBroken":0,"ratings":0},
          "course":[],"channels":[],"languages":[],"intents":[],"queues":[],"hours":[]}}
        """;

    public const string AlertList = """
        {"knowsThePast":true,"alerts":[{"kind":"intent","name":"payment_problem","since":"2030-01-07T10:15:00Z","lastHour":31,"expected":7.6,"expectedAtMost":14,
        "total":44,"words":["declined","visa"],"conversations":["c-1"],"sentence":"intent 'payment_problem': 31 in the last hour where 7.6 are usual (at most 14), since 10:15; often with declined, visa"}]}
        """;

    public const string RetentionReport = """
        {"rules":"forever, chat 180d; at 03:15 Europe/Berlin","nextRun":"2030-01-08T03:15:00+01:00","next":[{"channel":"chat","kept":"180d","erased":12,"oldest":"2029-07-01T09:00:00Z"}],
        "left":[{"conversationId":"c-17","channel":"chat","lastMessageAt":"2029-06-30T16:20:00Z","why":"on_legal_hold","heldBy":"sue","heldFor":"case 4711"}],"isWhole":true,
        "past":[{"id":"erasing-3","beganAt":"2030-01-07T02:15:00Z","endedAt":"2030-01-07T02:15:04Z","erased":{"chat":9},"left":{"on_legal_hold":1},"customers":5}]}
        """;

    public const string OwnersAlerts = """
        {"raised":[{"id":"alert-12","rule":"long wait","subject":"billing","part":"queue","figure":"oldest_wait","kind":"above","severity":"warning","value":744,"limit":600,"worst":780,
        "since":"2030-01-07T10:15:00Z","raisedAt":"2030-01-07T10:15:30Z","acknowledgedBy":"sue","acknowledgedAt":"2030-01-07T10:17:02Z","note":"Two more come."}],"past":[]}
        """;

    public const string FollowUpAnswer = """
        {"next":{"after":"missing_item","intent":"refund_status","probability":0.41,"of":120,"cameBack":50,"evidence":"of 120 customers with missing_item, 50 wrote about refund_status within 14 days"}}
        """;

    public const string TranslationPreview = """{"agentId":"ada","text":"Your parcel #W2378156 arrives tomorrow.","language":"en"}""";

    public const string TranslatedDraft = """{"text":"Su paquete #W2378156 llega mañana.","language":"es","provider":"translator"}""";

    public const string AnswerFeedback = """{"helped":true}""";

    public const string Correction = """{"by":"ada","intent":"refund_status"}""";

    public const string ReturnRequest = """{"agentId":"ada","reason":"I speak no Spanish"}""";

    public const string QueueList = """
        {"queues":[{"name":"general","waiting":1,"byPriority":{"high":0,"normal":1},"oldestSince":"2030-01-01T10:00:00+00:00","agentsReady":2,"freeUnits":3,
          "estimatedWaitSeconds":40,"head":[],"wait":{"p50":40,"p90":150,"estimator":"queue_length"},"agentsPresent":3,"offers":1}]}
        """;

    public const string QueueView = """
        {
          "name":"general","waiting":1,"byPriority":{"high":0,"normal":1},"oldestSince":"2030-01-01T10:00:00+00:00","agentsReady":2,"freeUnits":3,
          "estimatedWaitSeconds":40,"wait":{"p50":40,"p90":150,"estimator":"queue_length"},"agentsPresent":3,"offers":1,"strain":"90 an hour join, usually 36","arrivalsPerHour":90,"usualArrivalsPerHour":36,
          "head":[{"conversationId":"c-1001","priority":0,"since":"2030-01-01T10:00:00+00:00","skills":[],"offers":1,"hop":1,"channel":"chat","needs":[],
            "pending":[{"offerId":"general-7","agentId":"ada","expiresAt":"2030-01-01T10:00:30+00:00"}]}]
        }
        """;

    public const string CustomerSettings = """{"name":"Ada Brook","tier":"gold"}""";

    public const string CustomerView = """
        {
          "profile":{"id":"c-8f14e45fceea167a","name":"Ada Brook","tier":"gold","preferredTone":"friendly"},
          "recent":[{"messageId":"m-1","conversationId":"c-1001","channel":"chat","text":"Where is my order?","intent":"order_status","sentiment":0,
                     "resolutionType":"automated","at":"2030-01-01T10:00:00+00:00"}],
          "interactions":1,
          "lastServedBy":{"agentId":"ada","at":"2029-12-20T15:30:00+00:00"}
        }
        """;

    public const string Ticket = """
        {"id":"t-77","conversationId":"c-1001","customerId":"c-8f14e45fceea167a","subject":"order_status","status":"open",
         "openedAt":"2030-01-01T10:00:01+00:00","updatedAt":"2030-01-01T10:00:01+00:00","interactions":1,"remembered":["m-1"]}
        """;

    public const string ParkedCommands = """
        {"parked":[{"id":"p-3","grain":"conversation/c-1001","command":"ReceiveMessage","reason":"The stored state could not be read.","at":"2030-01-01T10:00:00+00:00"}]}
        """;

    public const string ChannelReport = """
        {
          "at":"2030-01-01T10:00:00+00:00","since":"2029-12-31T22:00:00+00:00","process":"shop",
          "accounts":[
            {"account":"mail","channel":"email","state":"broken","why":"the mailbox can't be read: Authentication failed.","lastReceivedAt":"2030-01-01T08:11:02+00:00",
             "lastSentAt":"2030-01-01T08:12:40+00:00","failuresInARow":0,"waiting":0,
             "follower":{"state":"lost","since":"2030-01-01T08:15:00+00:00","lastAskedAt":"2030-01-01T08:14:31+00:00","error":"Authentication failed."}},
            {"account":"whatsapp","channel":"social","state":"paused","why":"5 attempts to send failed in a row: graph.facebook.com answered 503",
             "lastReceivedAt":"2030-01-01T09:59:48+00:00","lastSentAt":"2030-01-01T09:41:07+00:00","failuresInARow":5,
             "lastFailure":{"at":"2030-01-01T09:59:50+00:00","reason":"graph.facebook.com answered 503"},"pausedUntil":"2030-01-01T10:00:20+00:00",
             "waiting":3,"waitingSince":"2030-01-01T09:44:12+00:00","lastRefusedRequest":{"at":"2030-01-01T03:00:09+00:00","reason":"401: the X-Hub-Signature-256 is missing or wrong; check app_secret_env"}}
          ]
        }
        """;

    public const string ParkedMailList = """
        {"mails":[{"account":"support","id":"20300101T100000-0a1b2c3d4e5f6071","reason":"it does not say who sent it, so nobody can be answered","receivedAt":"2030-01-01T10:00:00+00:00","bytes":2048}]}
        """;

    public const string ClusterStatus = """
        {
          "at":"2030-01-01T10:00:00+00:00","host":"orleans",
          "silos":[
            {"name":"silo-1","address":"10.0.0.11:11111","status":"active","since":"2029-12-31T22:00:00+00:00","activations":{"agent":40,"conversation":812,"queue":6},
             "callsPerSecond":131.5,"p50Milliseconds":2.1,"p99Milliseconds":14.6,"workRunning":5,"workBacklog":0,"pendingTells":2,"versionConflicts":0,
             "cpuPercent":34,"memoryMegabytes":412},
            {"name":"silo-2","address":"10.0.0.12:11111","status":"not_answering","since":"2029-12-31T22:00:00+00:00","activations":{},
             "callsPerSecond":0,"p50Milliseconds":0,"p99Milliseconds":0,"workRunning":0,"workBacklog":0,"pendingTells":0,"versionConflicts":0}
          ],
          "parkedCommands":1,"unfinishedEffects":7,"alarmsDue":0,"alarmsWaiting":204
        }
        """;
}
