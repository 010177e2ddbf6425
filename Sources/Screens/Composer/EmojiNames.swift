// Emoji by the names that chat programs know them by: `:smile:`. A table and its search; pure.

enum EmojiNames {
  struct Entry: Equatable {
    var name: String
    var emoji: String
  }

  /// The emoji of that name.
  static func emoji(_ name: some StringProtocol) -> String? { byName[String(name)] }

  /// Names that begin with what is typed, then those that have it inside; the shortest first.
  static func matching(_ typed: some StringProtocol) -> [Entry] {
    let wanted = typed.lowercased()
    let starts = all.filter { $0.name.hasPrefix(wanted) }
      .sorted { ($0.name.count, $0.name) < ($1.name.count, $1.name) }
    let inside = all.filter { entry in
      !entry.name.hasPrefix(wanted)
        && entry.name.split(separator: "_").contains { $0.hasPrefix(wanted) }
    }
    return starts + inside
  }

  static let all: [Entry] = table.split(separator: "\n").flatMap { line in
    line.split(separator: ",").compactMap { pair -> Entry? in
      let parts = pair.split(separator: " ")
      return parts.count == 2 ? Entry(name: String(parts[0]), emoji: String(parts[1])) : nil
    }
  }

  private static let byName = Dictionary(
    all.map { ($0.name, $0.emoji) },
    uniquingKeysWith: { first, _ in first }
  )

  /// The names of the widely used short-code set (gemoji), those that a front desk writes.
  private static let table = """
    smile 😄,smiley 😃,grinning 😀,grin 😁,laughing 😆,joy 😂,rofl 🤣,sweat_smile 😅,wink 😉,blush 😊
    innocent 😇,slightly_smiling_face 🙂,upside_down_face 🙃,relieved 😌,heart_eyes 😍,star_struck 🤩
    kissing_heart 😘,smiling_face_with_three_hearts 🥰,yum 😋,stuck_out_tongue 😛,stuck_out_tongue_winking_eye 😜
    zany_face 🤪,hugs 🤗,thinking 🤔,shushing_face 🤫,zipper_mouth_face 🤐,neutral_face 😐,expressionless 😑
    smirk 😏,unamused 😒,roll_eyes 🙄,grimacing 😬,pensive 😔,sleepy 😪,sleeping 😴,mask 😷
    face_with_thermometer 🤒,face_with_head_bandage 🤕,sneezing_face 🤧,hot_face 🥵,cold_face 🥶,dizzy_face 😵
    exploding_head 🤯,cowboy_hat_face 🤠,partying_face 🥳,sunglasses 😎,nerd_face 🤓,confused 😕,worried 😟
    slightly_frowning_face 🙁,open_mouth 😮,astonished 😲,flushed 😳,pleading_face 🥺,fearful 😨,cry 😢,sob 😭
    scream 😱,disappointed 😞,sweat 😓,weary 😩,tired_face 😫,yawning_face 🥱,triumph 😤,rage 😡,angry 😠
    saluting_face 🫡,melting_face 🫠,clown_face 🤡,ghost 👻,robot 🤖,see_no_evil 🙈,hear_no_evil 🙉,speak_no_evil 🙊
    heart ❤️,orange_heart 🧡,yellow_heart 💛,green_heart 💚,blue_heart 💙,purple_heart 💜,black_heart 🖤,white_heart 🤍
    pink_heart 🩷,broken_heart 💔,two_hearts 💕,sparkling_heart 💖,heartpulse 💗,heart_on_fire ❤️‍🔥,kiss 💋,100 💯
    boom 💥,dizzy 💫,sweat_drops 💦,dash 💨,zzz 💤,speech_balloon 💬,thought_balloon 💭,wave 👋,raised_hand ✋
    ok_hand 👌,pinched_fingers 🤌,v ✌️,crossed_fingers 🤞,love_you_gesture 🤟,metal 🤘,call_me_hand 🤙
    point_left 👈,point_right 👉,point_up_2 👆,point_down 👇,thumbsup 👍,+1 👍,thumbsdown 👎,-1 👎,fist ✊,facepunch 👊
    clap 👏,raised_hands 🙌,open_hands 👐,handshake 🤝,pray 🙏,writing_hand ✍️,nail_care 💅,selfie 🤳,muscle 💪
    leg 🦵,foot 🦶,ear 👂,brain 🧠,lungs 🫁,bone 🦴,eyes 👀,tongue 👅,baby 👶,child 🧒,man 👨,woman 👩
    shrug 🤷,facepalm 🤦,bow 🙇,raising_hand 🙋,information_desk_person 💁,running 🏃,walking 🚶,dancer 💃,man_dancing 🕺
    weight_lifting 🏋️,biking 🚴,swimmer 🏊,rowing_boat 🚣,surfing 🏄,climbing 🧗,lotus_position 🧘,cartwheeling 🤸
    boxing_glove 🥊,martial_arts_uniform 🥋,soccer ⚽,basketball 🏀,football 🏈,tennis 🎾,volleyball 🏐,badminton 🏸
    ping_pong 🏓,dart 🎯,bowling 🎳,ski 🎿,trophy 🏆,medal_sports 🏅,1st_place_medal 🥇,2nd_place_medal 🥈,3rd_place_medal 🥉
    running_shoe 👟,shorts 🩳,tshirt 👕,socks 🧦,towel 🧖,shower 🚿,bathtub 🛁,soap 🧼,key 🔑,lock 🔒,unlock 🔓,locker 🗄️
    apple 🍎,banana 🍌,strawberry 🍓,avocado 🥑,carrot 🥕,broccoli 🥦,salad 🥗,egg 🥚,bread 🍞,pizza 🍕,hamburger 🍔
    cookie 🍪,chocolate_bar 🍫,ice_cream 🍨,cake 🍰,birthday 🎂,coffee ☕,tea 🍵,beer 🍺,beers 🍻,wine_glass 🍷,tropical_drink 🍹
    cup_with_straw 🥤,baby_bottle 🍼,fork_and_knife 🍴,dog 🐶,cat 🐱,bear 🐻,unicorn 🦄,monkey 🐒,turtle 🐢,bee 🐝,butterfly 🦋
    rose 🌹,sunflower 🌻,tulip 🌷,bouquet 💐,cherry_blossom 🌸,four_leaf_clover 🍀,evergreen_tree 🌲,palm_tree 🌴,cactus 🌵
    sunny ☀️,partly_sunny ⛅,cloud ☁️,umbrella ☔,snowflake ❄️,snowman ⛄,zap ⚡,fire 🔥,rainbow 🌈,star ⭐,star2 🌟,sparkles ✨
    moon 🌙,earth_africa 🌍,ocean 🌊,droplet 💧,tada 🎉,confetti_ball 🎊,balloon 🎈,gift 🎁,christmas_tree 🎄,jack_o_lantern 🎃
    fireworks 🎆,musical_note 🎵,notes 🎶,headphones 🎧,microphone 🎤,guitar 🎸,art 🎨,clapper 🎬,camera 📷,video_camera 📹
    phone ☎️,iphone 📱,computer 💻,email 📧,envelope ✉️,incoming_envelope 📨,mailbox 📫,package 📦,memo 📝,pencil2 ✏️
    calendar 📅,date 📆,clock 🕐,alarm_clock ⏰,stopwatch ⏱️,hourglass ⌛,watch ⌚,bell 🔔,no_bell 🔕,loudspeaker 📢,mega 📣
    chart_with_upwards_trend 📈,chart_with_downwards_trend 📉,bar_chart 📊,clipboard 📋,pushpin 📌,round_pushpin 📍,paperclip 📎
    mag 🔍,bulb 💡,book 📖,books 📚,bookmark 🔖,moneybag 💰,euro 💶,dollar 💵,credit_card 💳,receipt 🧾,ticket 🎫,label 🏷️
    car 🚗,bus 🚌,train 🚆,metro 🚇,bike 🚲,airplane ✈️,rocket 🚀,parking 🅿️,house 🏠,office 🏢,hospital 🏥,school 🏫,stadium 🏟️
    door 🚪,wrench 🔧,hammer 🔨,gear ⚙️,link 🔗,pill 💊,adhesive_bandage 🩹,stethoscope 🩺,ice_cube 🧊
    white_check_mark ✅,heavy_check_mark ✔️,x ❌,warning ⚠️,no_entry ⛔,question ❓,grey_question ❔,exclamation ❗,bangbang ‼️
    information_source ℹ️,ok 🆗,new 🆕,free 🆓,cool 🆒,sos 🆘,up ⬆️,arrow_right ➡️,arrow_left ⬅️,arrow_down ⬇️,repeat 🔁
    soon 🔜,top 🔝,recycle ♻️,infinity ♾️,red_circle 🔴,green_circle 🟢,yellow_circle 🟡,blue_circle 🔵,checkered_flag 🏁
    """
}
