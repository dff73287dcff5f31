(function(){"use strict";/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const H=globalThis,G=H.ShadowRoot&&(H.ShadyCSS===void 0||H.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,K=Symbol(),ut=new WeakMap;let dt=class{constructor(t,e,i){if(this._$cssResult$=!0,i!==K)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o;const e=this.t;if(G&&t===void 0){const i=e!==void 0&&e.length===1;i&&(t=ut.get(e)),t===void 0&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),i&&ut.set(e,t))}return t}toString(){return this.cssText}};const oe=s=>new dt(typeof s=="string"?s:s+"",void 0,K),y=(s,...t)=>{const e=s.length===1?s[0]:t.reduce((i,n,o)=>i+(r=>{if(r._$cssResult$===!0)return r.cssText;if(typeof r=="number")return r;throw Error("Value passed to 'css' function must be a 'css' function result: "+r+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+s[o+1],s[0]);return new dt(e,s,K)},re=(s,t)=>{if(G)s.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(const e of t){const i=document.createElement("style"),n=H.litNonce;n!==void 0&&i.setAttribute("nonce",n),i.textContent=e.cssText,s.appendChild(i)}},pt=G?s=>s:s=>s instanceof CSSStyleSheet?(t=>{let e="";for(const i of t.cssRules)e+=i.cssText;return oe(e)})(s):s;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const{is:ae,defineProperty:le,getOwnPropertyDescriptor:ce,getOwnPropertyNames:he,getOwnPropertySymbols:ue,getPrototypeOf:de}=Object,B=globalThis,ft=B.trustedTypes,pe=ft?ft.emptyScript:"",fe=B.reactiveElementPolyfillSupport,N=(s,t)=>s,J={toAttribute(s,t){switch(t){case Boolean:s=s?pe:null;break;case Object:case Array:s=s==null?s:JSON.stringify(s)}return s},fromAttribute(s,t){let e=s;switch(t){case Boolean:e=s!==null;break;case Number:e=s===null?null:Number(s);break;case Object:case Array:try{e=JSON.parse(s)}catch{e=null}}return e}},gt=(s,t)=>!ae(s,t),mt={attribute:!0,type:String,converter:J,reflect:!1,useDefault:!1,hasChanged:gt};Symbol.metadata??=Symbol("metadata"),B.litPropertyMetadata??=new WeakMap;let C=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=mt){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){const i=Symbol(),n=this.getPropertyDescriptor(t,i,e);n!==void 0&&le(this.prototype,t,n)}}static getPropertyDescriptor(t,e,i){const{get:n,set:o}=ce(this.prototype,t)??{get(){return this[e]},set(r){this[e]=r}};return{get:n,set(r){const l=n?.call(this);o?.call(this,r),this.requestUpdate(t,l,i)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??mt}static _$Ei(){if(this.hasOwnProperty(N("elementProperties")))return;const t=de(this);t.finalize(),t.l!==void 0&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(N("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(N("properties"))){const e=this.properties,i=[...he(e),...ue(e)];for(const n of i)this.createProperty(n,e[n])}const t=this[Symbol.metadata];if(t!==null){const e=litPropertyMetadata.get(t);if(e!==void 0)for(const[i,n]of e)this.elementProperties.set(i,n)}this._$Eh=new Map;for(const[e,i]of this.elementProperties){const n=this._$Eu(e,i);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){const e=[];if(Array.isArray(t)){const i=new Set(t.flat(1/0).reverse());for(const n of i)e.unshift(pt(n))}else t!==void 0&&e.push(pt(t));return e}static _$Eu(t,e){const i=e.attribute;return i===!1?void 0:typeof i=="string"?i:typeof t=="string"?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),this.renderRoot!==void 0&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){const t=new Map,e=this.constructor.elementProperties;for(const i of e.keys())this.hasOwnProperty(i)&&(t.set(i,this[i]),delete this[i]);t.size>0&&(this._$Ep=t)}createRenderRoot(){const t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return re(t,this.constructor.elementStyles),t}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,i){this._$AK(t,i)}_$ET(t,e){const i=this.constructor.elementProperties.get(t),n=this.constructor._$Eu(t,i);if(n!==void 0&&i.reflect===!0){const o=(i.converter?.toAttribute!==void 0?i.converter:J).toAttribute(e,i.type);this._$Em=t,o==null?this.removeAttribute(n):this.setAttribute(n,o),this._$Em=null}}_$AK(t,e){const i=this.constructor,n=i._$Eh.get(t);if(n!==void 0&&this._$Em!==n){const o=i.getPropertyOptions(n),r=typeof o.converter=="function"?{fromAttribute:o.converter}:o.converter?.fromAttribute!==void 0?o.converter:J;this._$Em=n;const l=r.fromAttribute(e,o.type);this[n]=l??this._$Ej?.get(n)??l,this._$Em=null}}requestUpdate(t,e,i,n=!1,o){if(t!==void 0){const r=this.constructor;if(n===!1&&(o=this[t]),i??=r.getPropertyOptions(t),!((i.hasChanged??gt)(o,e)||i.useDefault&&i.reflect&&o===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))))return;this.C(t,e,i)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(t,e,{useDefault:i,reflect:n,wrapped:o},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??e??this[t]),o!==!0||r!==void 0)||(this._$AL.has(t)||(this.hasUpdated||i||(e=void 0),this._$AL.set(t,e)),n===!0&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}const t=this.scheduleUpdate();return t!=null&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[n,o]of this._$Ep)this[n]=o;this._$Ep=void 0}const i=this.constructor.elementProperties;if(i.size>0)for(const[n,o]of i){const{wrapped:r}=o,l=this[n];r!==!0||this._$AL.has(n)||l===void 0||this.C(n,void 0,o,l)}}let t=!1;const e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(i=>i.hostUpdate?.()),this.update(e)):this._$EM()}catch(i){throw t=!1,this._$EM(),i}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(t){}firstUpdated(t){}};C.elementStyles=[],C.shadowRootOptions={mode:"open"},C[N("elementProperties")]=new Map,C[N("finalized")]=new Map,fe?.({ReactiveElement:C}),(B.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const Z=globalThis,bt=s=>s,q=Z.trustedTypes,$t=q?q.createPolicy("lit-html",{createHTML:s=>s}):void 0,vt="$lit$",v=`lit$${Math.random().toFixed(9).slice(2)}$`,yt="?"+v,ge=`<${yt}>`,w=document,R=()=>w.createComment(""),P=s=>s===null||typeof s!="object"&&typeof s!="function",X=Array.isArray,me=s=>X(s)||typeof s?.[Symbol.iterator]=="function",Q=`[ 	
\f\r]`,U=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,wt=/-->/g,_t=/>/g,_=RegExp(`>|${Q}(?:([^\\s"'>=/]+)(${Q}*=${Q}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),kt=/'/g,xt=/"/g,At=/^(?:script|style|textarea|title)$/i,Et=s=>(t,...e)=>({_$litType$:s,strings:t,values:e}),h=Et(1),be=Et(2),b=Symbol.for("lit-noChange"),u=Symbol.for("lit-nothing"),St=new WeakMap,k=w.createTreeWalker(w,129);function Tt(s,t){if(!X(s)||!s.hasOwnProperty("raw"))throw Error("invalid template strings array");return $t!==void 0?$t.createHTML(t):t}const $e=(s,t)=>{const e=s.length-1,i=[];let n,o=t===2?"<svg>":t===3?"<math>":"",r=U;for(let l=0;l<e;l++){const a=s[l];let d,p,c=-1,g=0;for(;g<a.length&&(r.lastIndex=g,p=r.exec(a),p!==null);)g=r.lastIndex,r===U?p[1]==="!--"?r=wt:p[1]!==void 0?r=_t:p[2]!==void 0?(At.test(p[2])&&(n=RegExp("</"+p[2],"g")),r=_):p[3]!==void 0&&(r=_):r===_?p[0]===">"?(r=n??U,c=-1):p[1]===void 0?c=-2:(c=r.lastIndex-p[2].length,d=p[1],r=p[3]===void 0?_:p[3]==='"'?xt:kt):r===xt||r===kt?r=_:r===wt||r===_t?r=U:(r=_,n=void 0);const f=r===_&&s[l+1].startsWith("/>")?" ":"";o+=r===U?a+ge:c>=0?(i.push(d),a.slice(0,c)+vt+a.slice(c)+v+f):a+v+(c===-2?l:f)}return[Tt(s,o+(s[e]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),i]};class L{constructor({strings:t,_$litType$:e},i){let n;this.parts=[];let o=0,r=0;const l=t.length-1,a=this.parts,[d,p]=$e(t,e);if(this.el=L.createElement(d,i),k.currentNode=this.el.content,e===2||e===3){const c=this.el.content.firstChild;c.replaceWith(...c.childNodes)}for(;(n=k.nextNode())!==null&&a.length<l;){if(n.nodeType===1){if(n.hasAttributes())for(const c of n.getAttributeNames())if(c.endsWith(vt)){const g=p[r++],f=n.getAttribute(c).split(v),m=/([.?@])?(.*)/.exec(g);a.push({type:1,index:o,name:m[2],strings:f,ctor:m[1]==="."?ye:m[1]==="?"?we:m[1]==="@"?_e:F}),n.removeAttribute(c)}else c.startsWith(v)&&(a.push({type:6,index:o}),n.removeAttribute(c));if(At.test(n.tagName)){const c=n.textContent.split(v),g=c.length-1;if(g>0){n.textContent=q?q.emptyScript:"";for(let f=0;f<g;f++)n.append(c[f],R()),k.nextNode(),a.push({type:2,index:++o});n.append(c[g],R())}}}else if(n.nodeType===8)if(n.data===yt)a.push({type:2,index:o});else{let c=-1;for(;(c=n.data.indexOf(v,c+1))!==-1;)a.push({type:7,index:o}),c+=v.length-1}o++}}static createElement(t,e){const i=w.createElement("template");return i.innerHTML=t,i}}function O(s,t,e=s,i){if(t===b)return t;let n=i!==void 0?e._$Co?.[i]:e._$Cl;const o=P(t)?void 0:t._$litDirective$;return n?.constructor!==o&&(n?._$AO?.(!1),o===void 0?n=void 0:(n=new o(s),n._$AT(s,e,i)),i!==void 0?(e._$Co??=[])[i]=n:e._$Cl=n),n!==void 0&&(t=O(s,n._$AS(s,t.values),n,i)),t}class ve{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){const{el:{content:e},parts:i}=this._$AD,n=(t?.creationScope??w).importNode(e,!0);k.currentNode=n;let o=k.nextNode(),r=0,l=0,a=i[0];for(;a!==void 0;){if(r===a.index){let d;a.type===2?d=new z(o,o.nextSibling,this,t):a.type===1?d=new a.ctor(o,a.name,a.strings,this,t):a.type===6&&(d=new ke(o,this,t)),this._$AV.push(d),a=i[++l]}r!==a?.index&&(o=k.nextNode(),r++)}return k.currentNode=w,n}p(t){let e=0;for(const i of this._$AV)i!==void 0&&(i.strings!==void 0?(i._$AI(t,i,e),e+=i.strings.length-2):i._$AI(t[e])),e++}}class z{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,i,n){this.type=2,this._$AH=u,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=i,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode;const e=this._$AM;return e!==void 0&&t?.nodeType===11&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=O(this,t,e),P(t)?t===u||t==null||t===""?(this._$AH!==u&&this._$AR(),this._$AH=u):t!==this._$AH&&t!==b&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):me(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==u&&P(this._$AH)?this._$AA.nextSibling.data=t:this.T(w.createTextNode(t)),this._$AH=t}$(t){const{values:e,_$litType$:i}=t,n=typeof i=="number"?this._$AC(t):(i.el===void 0&&(i.el=L.createElement(Tt(i.h,i.h[0]),this.options)),i);if(this._$AH?._$AD===n)this._$AH.p(e);else{const o=new ve(n,this),r=o.u(this.options);o.p(e),this.T(r),this._$AH=o}}_$AC(t){let e=St.get(t.strings);return e===void 0&&St.set(t.strings,e=new L(t)),e}k(t){X(this._$AH)||(this._$AH=[],this._$AR());const e=this._$AH;let i,n=0;for(const o of t)n===e.length?e.push(i=new z(this.O(R()),this.O(R()),this,this.options)):i=e[n],i._$AI(o),n++;n<e.length&&(this._$AR(i&&i._$AB.nextSibling,n),e.length=n)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){const i=bt(t).nextSibling;bt(t).remove(),t=i}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}}class F{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,i,n,o){this.type=1,this._$AH=u,this._$AN=void 0,this.element=t,this.name=e,this._$AM=n,this.options=o,i.length>2||i[0]!==""||i[1]!==""?(this._$AH=Array(i.length-1).fill(new String),this.strings=i):this._$AH=u}_$AI(t,e=this,i,n){const o=this.strings;let r=!1;if(o===void 0)t=O(this,t,e,0),r=!P(t)||t!==this._$AH&&t!==b,r&&(this._$AH=t);else{const l=t;let a,d;for(t=o[0],a=0;a<o.length-1;a++)d=O(this,l[i+a],e,a),d===b&&(d=this._$AH[a]),r||=!P(d)||d!==this._$AH[a],d===u?t=u:t!==u&&(t+=(d??"")+o[a+1]),this._$AH[a]=d}r&&!n&&this.j(t)}j(t){t===u?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}}class ye extends F{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===u?void 0:t}}class we extends F{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==u)}}class _e extends F{constructor(t,e,i,n,o){super(t,e,i,n,o),this.type=5}_$AI(t,e=this){if((t=O(this,t,e,0)??u)===b)return;const i=this._$AH,n=t===u&&i!==u||t.capture!==i.capture||t.once!==i.once||t.passive!==i.passive,o=t!==u&&(i===u||n);n&&this.element.removeEventListener(this.name,this,i),o&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}}class ke{constructor(t,e,i){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=i}get _$AU(){return this._$AM._$AU}_$AI(t){O(this,t)}}const xe={I:z},Ae=Z.litHtmlPolyfillSupport;Ae?.(L,z),(Z.litHtmlVersions??=[]).push("3.3.3");const Ee=(s,t,e)=>{const i=e?.renderBefore??t;let n=i._$litPart$;if(n===void 0){const o=e?.renderBefore??null;i._$litPart$=n=new z(t.insertBefore(R(),o),o,void 0,e??{})}return n._$AI(s),n};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const tt=globalThis;let j=class extends C{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){const t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){const e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=Ee(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return b}};j._$litElement$=!0,j.finalized=!0,tt.litElementHydrateSupport?.({LitElement:j});const Se=tt.litElementPolyfillSupport;Se?.({LitElement:j}),(tt.litElementVersions??=[]).push("4.2.2");const Te={title:"Stillnight",tagline:"مساعد آلي للتثقيف، وليس طبيبًا.",open:"أسئلة عن تململ الساقين؟ تحدث معنا",close:"إغلاق المحادثة",menu:"المزيد",emergency:"في حالة الطوارئ، اتصل برقم الطوارئ المحلي.",emergencyNumbers:"أرقام الطوارئ",conversation:"المحادثة",you:"قلتَ:",assistant:"قال Stillnight:",message:"رسالتك",placeholder:"سؤالك",send:"إرسال",keys:"زر الإدخال يرسل رسالتك. مع Shift يبدأ سطرًا جديدًا.",suggestions:"اقتراحات",sources:"المصادر",newTab:"(يفتح في علامة تبويب جديدة)",writing:"Stillnight يكتب.",helpful:"هل كان هذا مفيدًا؟",yes:"نعم",no:"لا",thanks:"شكرًا لك.",whyNot:"ما الذي كان ينقص؟",copy:"نسخ",copied:"تم النسخ.",download:"تنزيل هذه المحادثة",again:"ابدأ من جديد",forget:"انسَني",forgetAsk:"هل تريد حذف هذه المحادثة هنا وعلى الخادم؟ لا يمكن استعادتها.",forgetYes:"احذفها",forgetNo:"أبقِها",forgotten:"حُذف كل ما في هذه المحادثة.",remember:"تذكّر هذه المحادثة على هذا الجهاز",resumed:"محادثتك مستمرة.",restarted:"المحادثة القديمة لم تعد موجودة، فبدأت محادثة جديدة.",offline:"لا يمكن الوصول إليّ الآن. رسالتك محفوظة وستُرسل عند عودتي.",busy:"كان ذلك كثيرًا دفعة واحدة. رسالتك محفوظة وستُرسل بعد لحظة.",failed:"عذرًا، تعذّر إرسال تلك الرسالة.",retry:"حاول مرة أخرى",long:"رسالتك أصبحت طويلة.",tooLong:"أطول مما أستطيع قراءته: من فضلك اختصرها.",counted:"{count} من {most}",unread:"{count} جديد",away:"لا يمكن الوصول إليّ الآن. سأواصل المحاولة.",emergencyCall:"الطوارئ",or:"أو",elsewhere:"تغيير البلد",clinic:"عيادتك:",tell:"إرسال",skip:"تخطٍّ",notForgotten:"لا يمكن الوصول إليّ الآن، لذلك لم يُحذف شيء بعد. حاول مرة أخرى من فضلك.",notLoaded:"لا يمكن الوصول إليّ الآن. حاول مرة أخرى من فضلك.",tooOld:"هذه المحادثة قديمة ولم أعد أجدها. نسيتُها هنا، لكن ما على الخادم لم يمكن حذفه من هنا. اسأل العيادة من فضلك."},Ct={title:"Stillnight",tagline:"An automated assistant for education, not a doctor.",open:"Questions about restless legs? Chat with us",close:"Close the chat",menu:"More",emergency:"In an emergency, call your local emergency number.",emergencyNumbers:"Emergency numbers",conversation:"Conversation",you:"You said:",assistant:"Stillnight said:",message:"Your message",placeholder:"Your question",send:"Send",keys:"Enter sends your message. Shift and Enter starts a new line.",suggestions:"Suggestions",sources:"Sources",newTab:"(opens in a new tab)",writing:"Stillnight is writing.",helpful:"Was this helpful?",yes:"Yes",no:"No",thanks:"Thank you.",whyNot:"What was missing?",copy:"Copy",copied:"Copied.",download:"Download this chat",again:"Start again",forget:"Forget me",forgetAsk:"Delete this chat here and on the server? It cannot be brought back.",forgetYes:"Delete it",forgetNo:"Keep it",forgotten:"Everything of this chat was deleted.",remember:"Remember this chat on this device",resumed:"Your chat goes on.",restarted:"The old chat is no longer there, so a new one has begun.",offline:"I cannot be reached just now. Your message is kept, and sent when I am back.",busy:"That was a lot at once. Your message is kept, and sent in a moment.",failed:"Sorry, that message could not be sent.",retry:"Try again",long:"Your message is getting long.",tooLong:"Too long for me to read: please shorten it.",counted:"{count} of {most}",unread:"{count} new",away:"I cannot be reached just now. I keep trying.",emergencyCall:"Emergency",or:"or",elsewhere:"Change country",clinic:"Your clinic:",tell:"Send",skip:"Skip",notForgotten:"I cannot be reached just now, so nothing was deleted yet. Please try again.",notLoaded:"I cannot be reached just now. Please try again.",tooOld:"This chat is too old for me to find. I forgot it here, but what lies on the server could not be deleted from here. Please ask the clinic."},Ot={en:Ct,ar:Te},Ce=new Set(["ar","fa","he","ur"]);function x(s){const t=Mt(s),e=Object.hasOwn(Ot,t)?Ot[t]:void 0;return e?{lang:t,words:e}:{lang:"en",words:Ct}}function et(s){return Ce.has(Mt(s))?"rtl":"ltr"}function zt(s,t){return s.replace(/\{(\w+)\}/g,(e,i)=>String(t[i]??""))}function Mt(s){return s.toLowerCase().split("-")[0]??""}const Oe=45e3,ze="application/x-ndjson";class A extends Error{constructor(t=!1){super("unreachable"),this.failed=t}}class E extends Error{constructor(t,e){super(`refused with ${t}`),this.status=t,this.wait=e}get isForgotten(){return this.status===401}get isUnknown(){return this.status===404}get isTooMany(){return this.status===429}}class Me{constructor(t,e,i){this.base=t,this.tokens=e,this.country=i}async start(){return await(await this.call("POST","/session",{token:null})).json()}async history(t){try{return(await(await this.call("GET","/history",{token:t})).json()).messages}catch(e){if(e instanceof E&&e.isForgotten)return this.tokens.lose(t),null;throw e}}async send(t,e,i){const n=t.choice===void 0?{text:t.text}:{choice:t.choice},o=await this.call("POST","/messages",{body:{...n,country:this.country()},headers:{"Idempotency-Key":t.key,Accept:ze},signal:i});let r=!1;for await(const l of Re(o))e(Ne(l)),r=!0;if(!r)throw new A(!0)}async feedback(t,e,i){await this.call("POST","/feedback",{body:{message:t,helpful:e,reason:i}})}async transcript(){return(await this.call("GET","/transcript")).text()}async numbers(){const t=this.country(),e=t===void 0?"":`?${new URLSearchParams({country:t})}`;return await(await this.call("GET",`/numbers${e}`)).json()}async forget(){let t=!0;for(const e of this.tokens.all)try{await this.call("DELETE","/session",{token:e})}catch(i){if(!(i instanceof E&&i.isForgotten))throw i;t=!1}return t}async call(t,e,i={}){const{body:n,headers:o,token:r=this.tokens.token,signal:l}=i,a=new AbortController,d=setTimeout(()=>a.abort(),Oe);l?.addEventListener("abort",()=>a.abort(),{signal:a.signal});let p;try{p=await fetch(this.base+e,{method:t,credentials:"omit",referrerPolicy:"no-referrer",headers:{...o,...n===void 0?{}:{"Content-Type":"application/json"},...r===null?{}:{Authorization:`Bearer ${r}`}},...n===void 0?{}:{body:JSON.stringify(n)},signal:a.signal})}catch{throw clearTimeout(d),new A}if(p.status>=500)throw new A(p.status===500);if(!p.ok)throw new E(p.status,Number(p.headers.get("Retry-After"))||0);return p}}function Ne(s){let t=null;try{t=JSON.parse(s)}catch{}if(typeof t?.id!="string"||typeof t.text!="string")throw new A(!0);return{lang:"en",buttons:[],sources:[],contacts:[],images:[],urgent:!1,...t}}async function*Re(s){const t=s.body?.pipeThrough(new TextDecoderStream).getReader();if(!t)return;let e="";for(;;){let i;try{i=await t.read()}catch{throw new A}e+=i.value??"";const n=e.split(`
`);if(e=n.pop()??"",yield*n.filter(o=>o!==""),i.done){if(e!=="")throw new A;return}}}function Nt(s,t){const e=new Set(s.map(o=>o.id)),i=s.map(o=>o.from==="patient"?{from:"patient",key:o.id,text:o.text,state:"sent"}:{from:"assistant",answer:o,live:!1}),n=t.filter(o=>!e.has(o.key)).map(({key:o,text:r})=>({from:"patient",key:o,text:r,state:"waiting"}));return[...i,...n]}function Rt(s,t){return s.map(e=>{const i=e.from==="assistant"?t.get(e.answer.id):void 0;return e.from==="assistant"&&i?{...e,judged:i}:e})}function Pt(s){return s.map(t=>({from:"assistant",answer:t,live:!0}))}function st(s){const t=s.map(e=>e.from);return s.slice(t.lastIndexOf("patient")+1).filter(e=>e.from==="assistant")}function Pe(s,t){return[...s.filter(e=>!it(e)),...Pt(t),...s.filter(it)]}function Ue(s,t){if(s.some(n=>n.from==="assistant"&&n.answer.id===t.id))return s;const e=s.findIndex(it),i=e<0?s.length:e;return[...s.slice(0,i),...Pt([t]),...s.slice(i)]}function Ut(s,t,e){return s.map(i=>i.from==="patient"&&i.key===t?{...i,state:e}:i)}function Le(s){return s.map(t=>t.from==="assistant"?{...t,live:!1}:t)}function je(s){return new Map(s.flatMap(t=>t.from==="assistant"&&t.judged?[[t.answer.id,t.judged]]:[]))}function it(s){return s.from==="patient"&&s.state==="waiting"}const Lt="stillnight.";function D(s){return new jt(()=>sessionStorage,Lt+s)}function De(s){return new jt(()=>localStorage,Lt+s)}class jt{constructor(t,e){this.store=t,this.key=e,this.instead=null}get value(){if(this.instead)return this.instead.value;try{return JSON.parse(this.store().getItem(this.key)??"null")}catch{return null}}set value(t){try{t===null?this.store().removeItem(this.key):this.store().setItem(this.key,JSON.stringify(t)),this.instead=null}catch{this.instead={value:t}}}}const nt=2e3,Ie=3e4,He=1e4,Be=3;function qe(s){return(Dt(s).value??[]).length>0}class Fe{constructor(t,e,i){this.client=t,this.listener=e,this.running=!1,this.held=!1,this.current=new AbortController,this.over=It(this.current.signal),this.wait=nt,this.tries=0,this.begunAnewFor="",this.again=()=>{clearTimeout(this.timer),this.wait=nt,this.run()},this.kept=Dt(i),this.waiting=this.kept.value??[],addEventListener("online",this.again)}get messages(){return this.waiting}stop(){removeEventListener("online",this.again),this.hold()}add(t){this.set([...this.waiting,t]),this.run()}clear(){this.giveUp(),this.set([])}hold(){this.held=!0,this.giveUp()}release(){this.held=!1,this.run()}async run(){if(!this.running){this.running=!0;try{for(let t=this.waiting[0];t;t=this.waiting[0])if(!await this.send(t))return}finally{this.running=!1}}}async send(t){if(this.held)return!1;const{signal:e}=this.current;try{await Promise.race([this.listener.begin(),this.over])}catch{return!1}try{e.aborted||await this.client.send(t,i=>this.listener.replied(t,i),e)}catch(i){return e.aborted||this.notSent(t,i)}return e.aborted||(this.wait=nt,this.remove(t),this.listener.trouble(null),this.listener.done(t)),!0}notSent(t,e){return e instanceof A&&!(e.failed&&(this.tries+=1)>=Be)?(this.later("offline",this.wait),this.wait=Math.min(2*this.wait,Ie),!1):e instanceof E&&e.isTooMany?(this.later("busy",1e3*e.wait||He),!1):e instanceof E&&e.isForgotten&&this.begunAnewFor!==t.key?(this.begunAnewFor=t.key,this.listener.lost(),!0):e instanceof E&&e.isUnknown&&t.choice!==void 0?(this.set(this.waiting.map(i=>i.key===t.key?{key:i.key,text:i.text}:i)),!0):(this.remove(t),this.listener.trouble(null),this.listener.failed(t),!0)}giveUp(){clearTimeout(this.timer),this.current.abort(),this.current=new AbortController,this.over=It(this.current.signal)}later(t,e){this.listener.trouble(t),clearTimeout(this.timer),this.timer=setTimeout(()=>void this.run(),e)}remove(t){this.tries=0,this.set(this.waiting.filter(e=>e.key!==t.key))}set(t){this.waiting=t,this.kept.value=t.length?[...t]:null}}function Dt(s){return D(`outbox.${s}`)}function It(s){return new Promise(t=>s.addEventListener("abort",()=>t(),{once:!0}))}class We{constructor(t,e){this.channel="BroadcastChannel"in globalThis?new BroadcastChannel(`stillnight.${t}`):null,this.channel?.addEventListener("message",({data:i})=>e(i.token,i.done))}tell(t,e){t!==null&&this.channel?.postMessage({token:t,done:e})}close(){this.channel?.close()}}class Ye{constructor(t){this.current=D(`token.${t}`),this.past=D(`past.${t}`),this.wish=D(`remember.${t}`),this.onDevice=De(`token.${t}`),(this.onDevice.value?.until??0)<=Date.now()&&(this.onDevice.value=null),this.current.value??=this.onDevice.value}get token(){return this.current.value?.token??null}get isRemembered(){return this.wish.value===!0||this.onDevice.value!==null}get all(){return[...this.past.value??[],this.current.value].flatMap(t=>t?[t.token]:[])}keep(t,e){this.current.value={token:t,until:Date.now()+1e3*e},this.remember(this.isRemembered)}leave(){const{current:t,past:e}=this;e.value=[...e.value??[],...t.value?[t.value]:[]],t.value=null}lose(t){this.token===t&&(this.current.value=null),this.onDevice.value?.token===t&&(this.onDevice.value=null);const e=this.past.value?.filter(i=>i.token!==t);this.past.value=e?.length?e:null}drop(){for(const t of[this.current,this.past,this.wish,this.onDevice])t.value=null}remember(t){this.wish.value=t||null,this.onDevice.value=t?this.current.value:null}}const Ve=2e3,Ge=500,ot=5e3,Ke=6e4;class Je{constructor(t,e){this.host=e,this.entries=[],this.trouble=null,this.numbers=null,this.spoken="",this.quiet=!1,this.begun=null,this.round=0,this.wait=ot,this.waits=!1,this.stale=!1,this.timers={slow:void 0,later:void 0,settled:void 0},this.tokens=new Ye(t),this.typed=D(`draft.${t}`),this.client=new Me(t,this.tokens,()=>e.country()),this.outbox=new Fe(this.client,{begin:()=>this.begin(),replied:(i,n)=>this.replied(i,n),done:()=>this.done(),failed:i=>this.failed(i),lost:()=>this.lost(),trouble:i=>this.troubled(i)},t),this.tabs=new We(t,(i,n)=>void this.elsewhere(i,n))}get isRemembered(){return this.tokens.isRemembered}get draft(){return this.typed.value??""}set draft(t){this.typed.value=t||null,this.host.changed()}get writing(){return this.waits}set writing(t){this.waits=t,clearTimeout(this.timers.slow),t&&(this.timers.slow=setTimeout(()=>this.say(this.host.strings().writing),Ve))}begin(){const{round:t}=this;return this.begun??=this.resumed(t).catch(e=>{throw t===this.round&&(this.begun=null,this.notBegun(e)),e}),this.begun}send(t,e){const i={key:Ze(),text:t,...e===void 0?{}:{choice:e}};this.entries=[...this.entries,{from:"patient",key:i.key,text:t,state:"waiting"}],this.spoken="",this.writing=!0,this.host.changed(),this.outbox.add(i)}sendAgain({key:t,text:e}){this.entries=this.entries.filter(i=>i.from!=="patient"||i.key!==t),this.send(e)}retry(){this.wait=ot,this.resume()}async judge(t,e,i){const n=e||i!==void 0?"done":"missing";this.entries=Rt(this.entries,new Map([[t.id,n]])),this.host.changed(),await this.client.feedback(t.id,e,i||void 0).catch(()=>{})}remember(t){this.tokens.remember(t),this.host.changed()}transcript(){return this.client.transcript()}async startAgain(){this.outbox.clear(),this.reset(),this.tokens.leave(),await this.begin()}async forget(){const{token:t}=this.tokens,e=new Set(this.outbox.messages);this.outbox.hold();let i;try{i=await this.client.forget()}catch(o){throw this.outbox.release(),o}const n=this.outbox.messages.filter(o=>!e.has(o));this.tabs.tell(t,"forgotten"),this.empty(i?this.host.strings().forgotten:this.host.strings().tooOld),this.outbox.release(),n.forEach(({text:o})=>this.send(o))}warn(t){this.entries=[...this.entries,{from:"note",text:t}],this.host.changed()}say(t){this.spoken=t,this.host.changed()}rest(){this.entries=Le(this.entries),this.spoken=""}stop(){this.round+=1,this.outbox.stop(),this.tabs.close(),Object.values(this.timers).forEach(clearTimeout)}async resumed(t){const{token:e}=this.tokens;this.renumber();const i=e===null?null:await this.client.history(e),n=i?.length?null:await this.client.start();t===this.round&&this.put(i??[],n)}put(t,e){e?(this.tokens.keep(e.token,e.seconds),this.entries=Pe(this.entries,e.messages),this.renumber()):(this.quiet=!0,this.timers.settled=setTimeout(()=>{this.quiet=!1,this.say(this.host.strings().resumed)},Ge),this.entries=Nt(t,this.outbox.messages)),this.wait=ot,this.trouble=null,this.writing=this.outbox.messages.length>0,this.host.changed(),this.outbox.again()}notBegun(t){const e=t instanceof E&&t.isTooMany,i=e?1e3*t.wait||this.wait:this.wait;this.wait=Math.min(2*this.wait,Ke),this.writing=!1,this.trouble=e?"busy":"offline",this.say(e?this.host.strings().busy:this.host.strings().away),clearTimeout(this.timers.later),this.timers.later=setTimeout(()=>{(this.host.watched()||this.outbox.messages.length)&&this.resume()},i)}resume(){this.begin().then(()=>this.outbox.again(),()=>{})}async renumber(){const{round:t}=this,e=await this.client.numbers().catch(()=>this.numbers);t===this.round&&(this.numbers=e,this.host.changed())}reset(){this.round+=1,Object.values(this.timers).forEach(clearTimeout),this.begun=null,this.writing=!1,this.quiet=!1,this.stale=!1,this.trouble=null,this.entries=[],this.numbers=this.numbers&&{...this.numbers,change:null}}empty(t){this.outbox.clear(),this.reset(),this.tokens.drop(),this.draft="",this.warn(t)}lost(){const{token:t}=this.tokens;t!==null&&this.tokens.lose(t),this.begun=null,this.numbers=this.numbers&&{...this.numbers,change:null},this.warn(this.host.strings().restarted)}async elsewhere(t,e){if(t!==this.tokens.token)return;if(e==="forgotten"){this.empty(this.host.strings().forgotten);return}const{round:i}=this;if(this.stale=this.outbox.messages.length>0,this.stale||this.begun===null)return;const n=await this.client.history(t).catch(()=>null);i===this.round&&n!==null&&(this.stale=this.outbox.messages.length>0,this.stale||(this.entries=Rt(Nt(n,[]),je(this.entries)),this.host.changed()))}replied(t,e){const i=Ut(this.entries,t.key,"sent");this.entries=Ue(i,e),this.entries!==i&&this.host.answered(e),this.host.changed()}done(){st(this.entries).some(({answer:e})=>e.contacts.length)&&this.renumber();const{token:t}=this.tokens;this.tabs.tell(t,"changed"),this.writing=this.outbox.messages.length>0,this.host.changed(),this.stale&&t!==null&&this.elsewhere(t,"changed")}failed(t){this.entries=Ut(this.entries,t.key,"failed"),this.writing=this.outbox.messages.length>0,this.say(this.host.strings().failed)}troubled(t){const e=t!==null&&t!==this.trouble;this.trouble=t,this.writing=t===null&&this.outbox.messages.length>0,e&&this.say(t==="offline"?this.host.strings().offline:this.host.strings().busy),this.host.changed()}}function Ze(){return Array.from(crypto.getRandomValues(new Uint8Array(16)),s=>s.toString(16).padStart(2,"0")).join("")}function Xe(s,t){const e=t.style.color;t.style.color="",t.style.color=s;const i=t.style.color&&getComputedStyle(t).color;t.style.color=e;const n=i?Qe(i):null;if(n===null)return null;const[o=0,r=0,l=0]=n.map(d=>ts(d/255)),a=.2126*o+.7152*r+.0722*l;return 1.05/(a+.05)>=(a+.05)/.05?"#fff":"#000"}function Qe(s){const t=/^rgb\((\d+), (\d+), (\d+)\)$/.exec(s);if(t)return t.slice(1).map(Number);const e=document.createElement("canvas").getContext("2d");if(e===null||s.startsWith("rgba"))return null;e.fillStyle=s,e.fillRect(0,0,1,1);const[i=0,n=0,o=0,r]=e.getImageData(0,0,1,1).data;return r===255?[i,n,o]:null}function ts(s){return s<=.04045?s/12.92:((s+.055)/1.055)**2.4}const Ht=/^(tel|sms):[+0-9*#,;a-z=?&.-]+$/i,es=new Set(["svg","g","rect","line","path","text","tspan","title","desc","polygon","circle"]),ss=/^(?:[a-z-]+|viewBox|preserveAspectRatio|textLength|lengthAdjust)$/,is=/^on|^style$|^xmlns$|href$/,ns=/url\(|javascript:/i,Bt=new WeakMap;function os(s,t){const e=[s];for(const i of t)for(let n=e.length-1;n>=0;n-=1){const o=e[n],r=typeof o=="string"?o.lastIndexOf(i.say):-1;if(typeof o=="string"&&r>=0&&Ht.test(i.href)){e.splice(n,1,o.slice(0,r),qt(i),o.slice(r+i.say.length));break}}return e}function qt({say:s,href:t}){return Ht.test(t)?h`<a class="number" href=${t}>${s}</a>`:h`${s}`}function Ft(s){const t=Wt(s);return t!==null?h`<a href=${t} target="_blank" rel="noopener noreferrer">${s.replace(/^https?:\/\//,"")}</a>`:/^[^\s@:/?&]+@[^\s@:/?&]+\.[a-z]+$/i.test(s)?h`<a href=${`mailto:${s}`}>${s}</a>`:/^\+?[\d\s()./-]{6,24}$/.test(s)?h`<a href=${`tel:${s.replace(/[^\d+]/g,"")}`}>${s}</a>`:h`${s}`}function Wt(s){return s!==null&&/^https?:\/\//i.test(s)?s:null}function rs(s){const t=Bt.get(s)??as(s);return Bt.set(s,t),t}function as(s){const t=new DOMParser().parseFromString(s.svg,"image/svg+xml").documentElement,e=t.localName==="svg"?Yt(t):null;return e?.setAttribute("role","img"),e?.setAttribute("aria-label",s.alt),e}function Yt(s){if(!es.has(s.localName))return null;const t=document.createElementNS("http://www.w3.org/2000/svg",s.localName);for(const{name:e,value:i}of s.attributes)ss.test(e)&&!is.test(e)&&!ns.test(i)&&t.setAttribute(e,i);for(const e of s.childNodes)if(e.nodeType===Node.TEXT_NODE)t.append(e.textContent??"");else if(e.nodeType===Node.ELEMENT_NODE){const i=Yt(e);i!==null&&t.append(i)}return t}const M=2e3,rt=1800;function ls(s){return h`${cs(s)} ${hs(s)} ${us(s)}
    <p class="unseen" role="status">${s.talk.spoken}</p>`}function cs(s){const{talk:t,words:e,contact:i}=s;if(t.trouble===null)return u;const o=t.entries.some(r=>r.from==="patient"&&r.state==="waiting")?e.offline:e.away;return h`<div class="trouble">
    <p>${t.trouble==="busy"?e.busy:o}</p>
    ${i?h`<p>${e.clinic} ${Ft(i)}</p>`:u}
    <button type="button" @click=${()=>s.retry()}>${e.retry}</button>
  </div>`}function hs(s){const{words:t,talk:e}=s,i=W(e.draft),[n,o]=[i>rt,i>M];return h`<form
    class="composer"
    @submit=${r=>{r.preventDefault(),Vt(s)}}
  >
    <div class="field">
      <textarea
        rows="1"
        dir="auto"
        autocomplete="off"
        enterkeyhint="send"
        aria-label=${t.message}
        aria-describedby=${n?"keys counter":"keys"}
        aria-invalid=${o}
        placeholder=${t.placeholder}
        .value=${e.draft}
        @input=${r=>ds(s,r.target)}
        @keydown=${r=>{r.key==="Enter"&&!r.shiftKey&&!gs(r)&&(r.preventDefault(),Vt(s))}}
      ></textarea>
      <button class="send" type="submit">${t.send}</button>
    </div>
    <p id="keys" hidden>${t.keys}</p>
    <p id="counter" class="counter ${o?"over":""}" ?hidden=${!n}>
      ${o?t.tooLong:t.long} ${zt(t.counted,{count:i,most:M})}
    </p>
  </form>`}function us(s){const{words:t,talk:e,lang:i}=s,n=e.numbers,o=n?.change,r=n!==null&&n.country!==null&&n.contacts.length>0,l=n?.contacts.map((p,c)=>h`${c?` ${t.or} `:""}${qt(p)}`),a=r?ps(n.country,i):"",d=r?t.elsewhere:t.emergencyNumbers;return h`<p class="emergency">
    ${r?h`<span>${t.emergencyCall}${a?` (${a})`:""}: ${l}</span>`:t.emergency}
    ${o?h`<button type="button" @click=${()=>s.send(d,o.choice)}>${d}</button>`:u}
  </p>`}function ds(s,t){const{talk:e,words:i}=s,[n,o]=[W(e.draft),W(t.value)];e.draft=t.value,o>M&&n<=M?e.say(i.tooLong):o>rt&&n<=rt&&e.say(i.long)}function ps(s,t){try{return new Intl.DisplayNames([t],{type:"region",style:"short",fallback:"none"}).of(s??"")??""}catch{return""}}function fs(s){CSS.supports("field-sizing","content")||(s.style.blockSize="auto",s.style.blockSize=`${s.scrollHeight}px`)}function Vt(s){const t=s.talk.draft.trim();t&&W(t)<=M&&(s.talk.draft="",s.send(t))}function gs(s){return s.isComposing||s.keyCode===229}function W(s){return Array.from(s).length}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const S={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4},Gt=s=>(...t)=>({_$litDirective$:s,values:t});let Kt=class{constructor(t){}get _$AU(){return this._$AM._$AU}_$AT(t,e,i){this._$Ct=t,this._$AM=e,this._$Ci=i}_$AS(t,e){return this.update(t,e)}update(t,e){return this.render(...e)}};/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const{I:ms}=xe,Jt=s=>s,bs=s=>s.strings===void 0,Zt=()=>document.createComment(""),I=(s,t,e)=>{const i=s._$AA.parentNode,n=t===void 0?s._$AB:t._$AA;if(e===void 0){const o=i.insertBefore(Zt(),n),r=i.insertBefore(Zt(),n);e=new ms(o,r,s,s.options)}else{const o=e._$AB.nextSibling,r=e._$AM,l=r!==s;if(l){let a;e._$AQ?.(s),e._$AM=s,e._$AP!==void 0&&(a=s._$AU)!==r._$AU&&e._$AP(a)}if(o!==n||l){let a=e._$AA;for(;a!==o;){const d=Jt(a).nextSibling;Jt(i).insertBefore(a,n),a=d}}}return e},T=(s,t,e=s)=>(s._$AI(t,e),s),$s={},Xt=(s,t=$s)=>s._$AH=t,vs=s=>s._$AH,at=s=>{s._$AR(),s._$AA.remove()};/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const ys=Gt(class extends Kt{constructor(s){if(super(s),s.type!==S.PROPERTY&&s.type!==S.ATTRIBUTE&&s.type!==S.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!bs(s))throw Error("`live` bindings can only contain a single expression")}render(s){return s}update(s,[t]){if(t===b||t===u)return t;const e=s.element,i=s.name;if(s.type===S.PROPERTY){if(t===e[i])return b}else if(s.type===S.BOOLEAN_ATTRIBUTE){if(!!t===e.hasAttribute(i))return b}else if(s.type===S.ATTRIBUTE&&e.getAttribute(i)===t+"")return b;return Xt(s),t}}),lt=s=>be`
  <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
    stroke-linejoin="round"><path d=${s} /></svg>`,ws=lt("M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z"),_s=lt("M6 6l12 12M18 6L6 18"),ks=lt("M5 12h.01M12 12h.01M19 12h.01");function xs(s){const{words:t,heading:e,menu:i,inline:n}=s;return h`<div class="head">
      <div>
        <h2>${e}</h2>
        <p class="tagline">${t.tagline}</p>
      </div>
      <button
        class="icon more"
        type="button"
        aria-expanded=${i!=="closed"}
        aria-label=${t.menu}
        @click=${()=>s.show(i==="closed"?"open":"closed")}
      >
        ${ks}
      </button>
      ${n?u:h`<button class="icon" type="button" aria-label=${t.close} @click=${()=>s.close()}>
            ${_s}
          </button>`}
    </div>
    ${i==="open"?As(s):i==="forgetting"?Es(s):u}`}function As(s){const{words:t,talk:e,contact:i}=s;return h`<div class="menu" role="group" aria-label=${t.menu}>
    <button type="button" @click=${()=>s.download()}>${t.download}</button>
    <button type="button" @click=${()=>s.startAgain()}>${t.again}</button>
    <button type="button" @click=${()=>s.show("forgetting")}>${t.forget}</button>
    <label>
      <input
        type="checkbox"
        .checked=${ys(e.isRemembered)}
        @change=${n=>e.remember(n.target.checked)}
      />
      <span>${t.remember}</span>
    </label>
    ${i?h`<p>${t.clinic} ${Ft(i)}</p>`:u}
  </div>`}function Es(s){const{words:t}=s;return h`<div class="menu confirm" role="group" aria-label=${t.forget}>
    <p>${t.forgetAsk}</p>
    <button class="danger" type="button" @click=${()=>s.forget()}>${t.forgetYes}</button>
    <button class="keep" type="button" @click=${()=>s.show("closed")}>${t.forgetNo}</button>
  </div>`}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const Qt=(s,t,e)=>{const i=new Map;for(let n=t;n<=e;n++)i.set(s[n],n);return i},Ss=Gt(class extends Kt{constructor(s){if(super(s),s.type!==S.CHILD)throw Error("repeat() can only be used in text expressions")}dt(s,t,e){let i;e===void 0?e=t:t!==void 0&&(i=t);const n=[],o=[];let r=0;for(const l of s)n[r]=i?i(l,r):r,o[r]=e(l,r),r++;return{values:o,keys:n}}render(s,t,e){return this.dt(s,t,e).values}update(s,[t,e,i]){const n=vs(s),{values:o,keys:r}=this.dt(t,e,i);if(!Array.isArray(n))return this.ut=r,o;const l=this.ut??=[],a=[];let d,p,c=0,g=n.length-1,f=0,m=o.length-1;for(;c<=g&&f<=m;)if(n[c]===null)c++;else if(n[g]===null)g--;else if(l[c]===r[f])a[f]=T(n[c],o[f]),c++,f++;else if(l[g]===r[m])a[m]=T(n[g],o[m]),g--,m--;else if(l[c]===r[m])a[m]=T(n[c],o[m]),I(s,a[m+1],n[c]),c++,m--;else if(l[g]===r[f])a[f]=T(n[g],o[f]),I(s,n[c],n[g]),g--,f++;else if(d===void 0&&(d=Qt(r,f,m),p=Qt(l,c,g)),d.has(l[c]))if(d.has(l[g])){const $=p.get(r[f]),ht=$!==void 0?n[$]:null;if(ht===null){const ne=I(s,n[c]);T(ne,o[f]),a[f]=ne}else a[f]=T(ht,o[f]),I(s,n[c],ht),n[$]=null;f++}else at(n[g]),g--;else at(n[c]),c++;for(;f<=m;){const $=I(s,a[m+1]);T($,o[f]),a[f++]=$}for(;c<=g;){const $=n[c++];$!==null&&at($)}return this.ut=r,Xt(s,a),b}}),Ts=500;function Cs(s){const{talk:t,words:e,greeting:i}=s;return h`<div
    class="log"
    role="log"
    aria-live=${t.quiet?"off":"polite"}
    aria-label=${e.conversation}
    tabindex="0"
  >
    ${i?h`<p class="note">${i}</p>`:u} ${Ss(t.entries,zs,n=>Ms(s,n))}
    ${t.writing?Os:js(s)}
  </div>`}const Os=h`<div class="message told" aria-hidden="true">
  <p class="bubble typing"><i></i><i></i><i></i></p>
</div>`;function zs(s){switch(s.from){case"note":return s.text;case"patient":return s.key;case"assistant":return s.answer.id}}function Ms(s,t){switch(t.from){case"note":return h`<p class="note">${t.text}</p>`;case"patient":return Ns(s,t);case"assistant":return Rs(s,t)}}function Ns({words:s,talk:t},e){const{text:i,state:n}=e,o=t.entries.findLast(({from:r})=>r==="patient")===e?"newest":"";return h`<div class="message asked ${n} ${o}" tabindex="-1" aria-live="off">
    <p class="bubble"><span class="unseen">${s.you} </span><span class="text" dir="auto">${i}</span></p>
    ${n==="failed"?h`<p class="note failed">
          ${s.failed} <button type="button" @click=${()=>t.sendAgain(e)}>${s.retry}</button>
        </p>`:u}
  </div>`}function Rs(s,t){const{answer:e,live:i}=t,{words:n,lang:o,talk:r}=s,l=st(r.entries).includes(t);return h`<div
    class="message told ${e.urgent?"urgent":""}"
    role=${e.urgent&&i?"alert":u}
    data-answer=${e.id}
    lang=${e.lang}
    dir=${et(e.lang)}
  >
    <p class="bubble">
      <span class="unseen" lang=${o}>${n.assistant} </span
      ><span class="text">${os(e.text,e.contacts)}</span>
    </p>
    ${e.images.map(a=>h`<div class="picture">${rs(a)}</div>`)}
    <div class="below" lang=${o} dir=${et(o)} aria-live="off">
      ${e.sources.length?Ps(s,e.sources):u}
      ${e.sources.length&&!e.urgent?Us(s,t,l):u}
    </div>
  </div>`}function Ps({words:s},t){return h`<details>
    <summary>${s.sources}</summary>
    <ul lang="en" dir="ltr">
      ${t.map(({title:e,journal:i,year:n,url:o})=>{const r=Wt(o),l=[i,i?.includes(String(n))?null:n].filter(Boolean).join(", "),a=h`<a href=${r} target="_blank" rel="noopener noreferrer"
          >${e}<span class="unseen"> ${s.newTab}</span></a
        >`;return h`<li>${r===null?e:a} <span class="where">${l}</span></li>`})}
    </ul>
  </details>`}function Us(s,{answer:t,judged:e},i){const{words:n,copied:o}=s,r=window.isSecureContext?h`<button type="button" @click=${()=>s.copy(t)}>
        ${o===t.id?n.copied:n.copy}
      </button>`:u;return e==="missing"?Ls(s,l=>s.judge(t,!1,l)):e==="done"?h`<span class="thanks" tabindex="-1">${n.thanks}</span> ${r}`:i?h`<span class="helpful" role="group" aria-label=${n.helpful}>
          <span aria-hidden="true">${n.helpful}</span>
          <button type="button" @click=${()=>s.judge(t,!0)}>${n.yes}</button>
          <button type="button" @click=${()=>s.judge(t,!1)}>${n.no}</button>
        </span>
        ${r}`:r}function Ls({words:s},t){return h`<form class="reason" @submit=${i=>{i.preventDefault(),t(i.target.querySelector("input")?.value.trim()??"")}}>
    <label>${s.whyNot} <input type="text" dir="auto" autocomplete="off" maxlength=${Ts} /></label>
    <button type="submit">${s.tell}</button>
    <button type="button" @click=${()=>t("")}>${s.skip}</button>
  </form>`}function js(s){const t=st(s.talk.entries).map(({answer:e})=>e);return t.some(e=>e.buttons.length)?h`<div class="choices" role="group" aria-label=${s.words.suggestions} aria-live="off">
    ${t.map(({lang:e,buttons:i})=>i.map(({title:n,choice:o})=>h`<button type="button" lang=${e} @click=${()=>s.send(n,o)}>${n}</button>`))}
  </div>`:u}const Ds="(max-width: 29.99em), (max-height: 24em)";class Is{constructor(t,e){this.host=t,this.closed=e,this.small=matchMedia(Ds),this.dialog=null,this.overflow=null,this.again=()=>{const i=this.dialog!==null&&this.small.matches,n=this.host.shadowRoot?.activeElement;this.dialog?.close(),i?this.dialog?.showModal():this.dialog?.show(),n instanceof HTMLElement&&n.focus({preventScroll:!0}),this.rest(i),this.fit()},this.left=()=>{this.dialog?.open===!1&&this.closed()},this.fit=()=>{const i=visualViewport,n=i!==null&&i.scale<1.01&&i.height<innerHeight-1;this.host.style.setProperty("--_seen",n?`${i.height}px`:null),this.host.style.setProperty("--_top",n?`${i.offsetTop}px`:null)},t.addController(this)}hostConnected(){this.small.addEventListener("change",this.again),visualViewport?.addEventListener("resize",this.fit),visualViewport?.addEventListener("scroll",this.fit)}hostDisconnected(){this.small.removeEventListener("change",this.again),visualViewport?.removeEventListener("resize",this.fit),visualViewport?.removeEventListener("scroll",this.fit),this.place(null)}place(t){t!==this.dialog&&(this.dialog?.removeEventListener("close",this.left),this.dialog=t,t?.addEventListener("close",this.left),this.again())}rest(t){const{style:e}=document.documentElement;t&&this.overflow===null?(this.overflow=e.overflow,e.overflow="hidden"):!t&&this.overflow!==null&&(e.overflow=this.overflow,this.overflow=null)}}const te=y`
  --_paper: var(--stillnight-background, #0e1320);
  --_ink: var(--stillnight-text, #e3ddd1);
  --_quiet: #a7acbb;
  --_bubble: var(--stillnight-bubble, #182033);
  --_line: #242e47;
  --_fill: var(--_given, var(--stillnight-accent, #b7c2ec));
  --_on-fill: var(--_given-ink, var(--stillnight-on-accent, #0e1320));
  --_own: var(--_given, var(--stillnight-own, #2e3b66));
  --_on-own: var(--_given-ink, var(--stillnight-own-text, #f1efe9));
  --_link: var(--stillnight-link, #b7c2ec);
  --_edge: #64719f;
  --_hover: #1f2942;
  --_warn: #f2b48c;
  --_focus: #f1dca6;
  color-scheme: dark;
`,Hs=y`
  .root {
    --_paper: var(--stillnight-background, #f5f2ec);
    --_ink: var(--stillnight-text, #1f2536);
    --_quiet: #575d6e;
    --_bubble: var(--stillnight-bubble, #fff);
    --_line: #e6e1d6;
    --_fill: var(--_given, var(--stillnight-accent, #34426f));
    --_on-fill: var(--_given-ink, var(--stillnight-on-accent, #fff));
    --_own: var(--_given, var(--stillnight-own, #34426f));
    --_on-own: var(--_given-ink, var(--stillnight-own-text, #fff));
    --_link: var(--stillnight-link, #34426f);
    --_edge: #757fa2;
    --_hover: #e9e8ee;
    --_warn: #9a3412;
    --_focus: #2f4fc0;
    color-scheme: light;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([scheme="light"])) .root { ${te} }
  }
  :host([scheme="dark"]) .root { ${te} }
  @media (prefers-contrast: more) {
    .root { --_line: var(--_ink); --_edge: var(--_ink); --_quiet: var(--_ink); }
  }
`,Bs=y`
  /* The size of letters is the browser's own, whatever the page has made of it. */
  :host { display: contents; font-size: medium !important; }
  :host([inline]) { display: block; block-size: var(--stillnight-height, 40em); }
  :host([hidden]) { display: none; }

  .root {
    --_gap: 16px;
    all: initial;
    color: var(--_ink);
    font: max(17px, 1.0625em) / 1.5 var(--stillnight-font, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif);
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
  }
  .corner, .float {
    position: fixed; z-index: var(--stillnight-layer, 2147483000);
    --_side: calc(var(--_gap) + max(env(safe-area-inset-left), env(safe-area-inset-right)));
    inset-block: auto calc(var(--_gap) + env(safe-area-inset-bottom)); inset-inline: auto var(--_side);
  }
  :host([position="start"]) :is(.corner, .float) { inset-inline: var(--_side) auto; }

  *, *::before, *::after { box-sizing: border-box; }
  p, ul, h2 { margin: 0; }
  button, input, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
  button { cursor: pointer; }
  a { color: var(--_link); }
  :focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; }
  [tabindex="-1"]:focus:not(:focus-visible), .inner:focus { outline: 0; }
  [hidden] { display: none !important; }
  .unseen {
    position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }

  .launcher {
    position: relative; display: grid; place-items: center; inline-size: 3.5em; block-size: 3.5em; border: 0;
    border-radius: 50%; color: var(--_on-fill); background: var(--_fill); box-shadow: 0 4px 16px rgb(0 0 0 / .25);
  }
  .launcher svg { inline-size: 1.75em; block-size: 1.75em; }
  .badge {
    position: absolute; inset-block-start: -.25em; inset-inline-end: -.25em; min-inline-size: 1.6em;
    padding-inline: .375em; border: 2px solid #fff; border-radius: 1em; color: #fff; background: #9a3412;
    font-size: .875em; line-height: 1.5em; text-align: center;
  }

  .box {
    display: block; box-sizing: border-box; margin: 0; padding: 0; overflow: hidden; border: 1px solid var(--_line);
    border-radius: 1em; background: var(--_paper); color: var(--_ink);
  }
  .float {
    inline-size: min(var(--stillnight-width, 24em), 100vw - 2 * var(--_gap)); max-inline-size: none;
    block-size: min(var(--stillnight-height, 40em), 100vh - 2 * var(--_gap));
    block-size: min(var(--stillnight-height, 40em), 100dvh - 2 * var(--_gap)); max-block-size: none;
    box-shadow: 0 8px 40px rgb(0 0 0 / .3);
  }
  :host([inline]) .box { inline-size: 100%; block-size: 100%; max-block-size: var(--_seen, none); }
  .inner { position: relative; display: flex; flex-direction: column; block-size: 100%; }
`,qs=y`
  .head {
    display: flex; flex: none; align-items: center; gap: .5em; padding-block: .5em; padding-inline: 1em .5em;
    border-block-end: 1px solid var(--_line);
  }
  .head div { flex: 1; min-inline-size: 0; }
  h2 { font-size: 1em; line-height: 1.3; }
  .tagline { color: var(--_quiet); font-size: .8236em; line-height: 1.3; }
  .icon {
    display: grid; flex: none; place-items: center; inline-size: max(44px, 2.6em); block-size: max(44px, 2.6em);
    padding: 0; border: 0; border-radius: 50%; background: none;
  }
  .icon svg { inline-size: 1.4em; block-size: 1.4em; }
  .icon:hover, .choices button:hover, .menu button:hover { background: var(--_hover); }

  .menu {
    display: grid; flex: none; max-block-size: 60%; overflow-y: auto; padding: .25em;
    border-block-end: 1px solid var(--_line); background: var(--_bubble);
  }
  .menu button, .menu label, .menu > p { display: flex; align-items: center; gap: .25em .75em; min-block-size: 44px; padding: .375em .75em; }
  .menu > p { flex-wrap: wrap; }
  .menu button { border: 0; border-radius: .5em; background: none; text-align: start; }
  .menu input { flex: none; inline-size: 1.25em; block-size: 1.25em; accent-color: var(--_link); }
  .menu.confirm { gap: .5em; padding: .5em .75em .75em; }
`,Fs=y`
  .log {
    position: relative; display: flex; flex: 1; flex-direction: column; gap: .75em; min-block-size: 0; overflow-y: auto;
    padding: 1em; overscroll-behavior: contain;
  }
  .log:focus-visible { outline-offset: -3px; }
  .message { max-inline-size: 100%; }
  .bubble { padding: .6em .8em; border-radius: 1.1em; }
  .text { display: block; white-space: pre-line; }
  .told .bubble {
    margin-inline-end: 1.5em; border: 1px solid var(--_line); border-end-start-radius: .25em; background: var(--_bubble);
  }
  .told.urgent .bubble { border: 2px solid var(--_warn); }
  .asked { align-self: end; margin-inline-start: 2.5em; }
  .asked .bubble { border-end-end-radius: .25em; color: var(--_on-own); background: var(--_own); }
  .asked.waiting .bubble { opacity: .8; }
  .number { font-weight: 600; }
  .picture {
    margin-block-start: .5em; margin-inline-end: 1.5em; padding: .75em; border: 1px solid var(--_line);
    border-radius: 1em; background: var(--_bubble);
  }
  .picture svg { display: block; inline-size: 100%; max-inline-size: 28em; block-size: auto; }
  .note { align-self: center; color: var(--_quiet); font-size: .9em; text-align: center; }

  .below {
    display: flex; flex-wrap: wrap; align-items: center; gap: 0 .75em; margin-inline: .25em; color: var(--_quiet);
    font-size: .9em;
  }
  .below button, .failed button {
    min-inline-size: 44px; min-block-size: 44px; padding-inline: .5em; border: 0; border-radius: .5em; background: none;
    text-decoration: underline;
  }
  .reason { display: flex; flex: 1; flex-wrap: wrap; align-items: center; gap: .25em .5em; padding: 0; }
  .reason label { flex: 1 1 100%; }
  .reason input {
    display: block; inline-size: 100%; min-block-size: 44px; padding-inline: .75em; border: 1px solid var(--_edge);
    border-radius: .75em; color: var(--_ink); background: var(--_bubble);
  }
  details { inline-size: 100%; }
  summary { min-block-size: 44px; padding-block: .6em; cursor: pointer; }
  details ul { padding-inline-start: 1.1em; }
  details li { padding-block: .25em; }
  .where { display: block; }

  .choices { display: flex; flex-wrap: wrap; gap: .5em; }
  .choices button, .confirm button, .trouble button {
    justify-content: center; min-block-size: 44px; padding: .45em 1em; border: 1px solid var(--_edge);
    border-radius: 1.4em; background: var(--_bubble); text-align: start;
  }
  .confirm .danger { border-color: var(--_warn); color: var(--_warn); }

  .typing { display: inline-flex; gap: .375em; }
  .typing i {
    inline-size: .5em; block-size: .5em; border-radius: 50%; background: var(--_quiet); animation: breathe 1.4s infinite;
  }
  .typing i:nth-child(2) { animation-delay: .2s; }
  .typing i:nth-child(3) { animation-delay: .4s; }
  @keyframes breathe { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }
`,Ws=y`
  .trouble {
    display: grid; flex: none; gap: .5em; justify-items: start; padding: .75em 1em; color: var(--_warn);
    border-block-start: 1px solid var(--_line);
  }
  .trouble button { color: var(--_ink); }
  .composer { flex: none; padding: .6em .75em 0; border-block-start: 1px solid var(--_line); }
  .field {
    display: flex; align-items: end; gap: .5em; padding: .25em; border: 1px solid var(--_edge); border-radius: 1.6em;
    background: var(--_bubble);
  }
  .field:focus-within { outline: 3px solid var(--_focus); outline-offset: 1px; }
  textarea {
    flex: 1; min-inline-size: 0; min-block-size: 44px; max-block-size: 8em; padding: .5em .75em; border: 0; outline: 0;
    resize: none; background: none; line-height: 1.5; field-sizing: content;
  }
  textarea:focus-visible { outline: 0; }
  textarea::placeholder { color: var(--_quiet); opacity: 1; }
  .field:has(.send:focus-visible) { outline: 0; }
  .send {
    flex: none; min-inline-size: 44px; min-block-size: 44px; padding-inline: 1em; border: 0; border-radius: 1.4em;
    color: var(--_on-fill); background: var(--_fill);
  }
  .counter { padding-block-start: .375em; font-size: .85em; text-align: center; }
  .counter.over { color: var(--_warn); }
  .emergency {
    display: flex; flex: none; flex-wrap: wrap; align-items: center; justify-content: center; column-gap: .5em;
    padding: 0 .75em env(safe-area-inset-bottom); font-size: .85em; line-height: 1.35; text-align: center;
  }
  .emergency button {
    min-block-size: 44px; padding: 0 .25em; border: 0; background: none; text-decoration: underline;
  }
  .emergency .number { display: inline-block; padding: .75em .25em; margin-block: -.25em; }
`,Ys=y`
  @media (max-width: 29.99em), (max-height: 24em) {
    .float { inset: var(--_top, 0) 0 auto 0 !important; inline-size: 100vw; block-size: var(--_seen, 100vh); border: 0; border-radius: 0; padding: env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left); }
    @supports (block-size: 100dvh) { .float { block-size: var(--_seen, 100dvh); } }
  }
  /* Enlarged to 400 %: what does not change makes room for what is read. */
  @media (max-height: 20em) {
    .tagline { display: none; }
    .head { padding-block: 0; }
    .inner { overflow-y: auto; }
    .log { flex: none; overflow: visible; min-block-size: 8em; }
  }
  @media (prefers-reduced-motion: reduce) { .typing i { animation: none; opacity: .6; } }
  @media (forced-colors: active) {
    .bubble, .box, .picture, .field, .launcher, .send, .choices button, .icon { border: 1px solid; }
    .told.urgent .bubble { border-width: 3px; }
    .typing i { background: CanvasText; }
  }
  @media print {
    .root { display: none; }
  }
`,Vs=[Hs,Bs,qs,Fs,Ws,Ys],Gs=48,Ks=6e4,V=class V extends j{constructor(){super(),this.conversation=null,this.frame=new Is(this,()=>this.hide()),this.shown=[],this.atEnd=!0,this.open=!1,this.inline=!1,this.locale="en",this.server="",this.menu="closed",this.copied=null,this.unread=0}show(){if(this.open||this.inline){this.focusField();return}this.open=!0,this.unread=0,this.tell("open"),this.begin(),this.updateComplete.then(()=>this.focusField())}hide(){this.open&&(this.open=!1,this.menu="closed",this.shown=[],this.conversation?.rest(),this.tell("close"),this.focusOn(".launcher"))}ask(t){this.show();const e=Array.from(t.trim()).slice(0,M).join("");e&&(this.talk().send(e),this.tell("message"))}connectedCallback(){super.connectedCallback(),(this.open||this.inline||qe(this.server))&&this.begin()}disconnectedCallback(){super.disconnectedCallback(),this.conversation?.stop(),this.conversation=null}shouldUpdate(){return this.isConnected}willUpdate(t){if(t.has("accent")){const i=this.accent?Xe(this.accent,this):null;this.style.setProperty("--_given",i&&this.accent?this.accent:null),this.style.setProperty("--_given-ink",i)}const e=this.log();this.atEnd=!e||e.scrollHeight-e.scrollTop-e.clientHeight<Gs}updated(){this.frame.place(this.renderRoot.querySelector("dialog"));const t=this.field();t&&fs(t),this.follow(this.conversation?.entries??[])}render(){const{lang:t,words:e}=x(this.locale),i=et(t);if(this.inline)return h`<section class="root box" lang=${t} dir=${i} aria-label=${this.heading??e.title}>
        ${this.box()}
      </section>`;if(this.open)return h`<dialog class="root box float" lang=${t} dir=${i} aria-label=${this.heading??e.title}>
        ${this.box()}
      </dialog>`;const n=this.unread?zt(e.unread,{count:this.unread}):"";return h`<div class="root corner" lang=${t} dir=${i}>
      <button class="launcher" type="button" aria-haspopup="dialog" @click=${()=>this.show()}>
        ${ws}<span class="unseen">${e.open} ${n}</span>
        ${this.unread?h`<span class="badge" aria-hidden="true">${this.unread}</span>`:u}
      </button>
    </div>`}box(){const t=this.view();return h`<div class="inner" tabindex="-1" @keydown=${e=>this.pressed(e)}>
      ${xs(t)} ${Cs(t)} ${ls(t)}
    </div>`}view(){const{lang:t,words:e}=x(this.locale),i=this.talk();return{talk:i,words:e,lang:t,heading:this.heading??e.title,greeting:this.greeting,contact:(this.contact??i.numbers?.clinic??"").trim(),inline:this.inline,menu:this.menu,copied:this.copied,send:(n,o)=>this.send(n,o),judge:(n,o,r)=>this.judge(n,o,r),copy:n=>void this.copy(n),show:n=>this.turnTo(n),close:()=>this.hide(),download:()=>void this.download(),retry:()=>this.retry(),startAgain:()=>void this.startAgain(),forget:()=>void this.forget()}}send(t,e){this.menu="closed";const i=this.shadowRoot?.activeElement;this.talk().send(t,e),this.tell("message"),i?.matches(".send")&&!ee()?this.focusOn("textarea"):i?.matches("textarea")||this.focusOn(".asked.newest")}judge(t,e,i){this.talk().judge(t,e,i);const n=`.told[data-answer="${CSS.escape(t.id)}"]`;this.focusOn(`${n} ${e||i!==void 0?".thanks":".reason input"}`),this.talk().say(x(this.locale).words.thanks)}async copy(t){const e=t.sources.map(({title:i,year:n,url:o})=>[i,n,o].filter(Boolean).join(", "));try{await navigator.clipboard.writeText([t.text,...e].join(`
`))}catch{return}this.copied=t.id,this.talk().say(x(this.locale).words.copied)}turnTo(t){this.menu=t,this.focusOn({closed:".more",open:".menu button",forgetting:".keep"}[t])}pressed(t){t.key!=="Escape"||t.isComposing||this.inline&&this.menu==="closed"||(t.preventDefault(),t.stopPropagation(),this.menu==="closed"?this.hide():this.turnTo("closed"))}retry(){this.talk().retry(),this.focusField()}async startAgain(){this.turnTo("closed"),await this.talk().startAgain().catch(()=>{})}async forget(){this.turnTo("closed");try{await this.talk().forget(),this.tell("forgotten")}catch{this.talk().warn(x(this.locale).words.notForgotten)}}async download(){this.turnTo("closed");let t;try{t=await this.talk().transcript()}catch{this.talk().warn(x(this.locale).words.notLoaded);return}const e=document.createElement("a");e.href=URL.createObjectURL(new Blob([t],{type:"text/plain"})),e.download="stillnight.txt",e.click(),setTimeout(()=>URL.revokeObjectURL(e.href),Ks)}follow(t){const e=this.log(),i=t.at(-1);if(!e||t===this.shown)return;const n=i?.from!=="assistant"&&!this.shown.includes(i);if(this.shown=t,i?.from==="note")e.scrollTop=e.scrollHeight;else if(n||this.atEnd){const o=e.querySelector(".asked.newest");e.scrollTop=o?o.offsetTop-8:0}}async begin(){await this.talk().begin().catch(()=>{})}talk(){return this.conversation??=new Je(this.server,{strings:()=>x(this.locale).words,country:()=>this.country,changed:()=>this.requestUpdate(),watched:()=>this.open||this.inline,answered:t=>{this.tell("answer"),!(this.open||this.inline)&&(this.unread+=1,t.urgent&&this.show())}}),this.conversation}tell(t){this.dispatchEvent(new CustomEvent(`stillnight-${t}`,{bubbles:!0,composed:!0}))}focusField(){this.focusOn(ee()?".log":"textarea")}focusOn(t){this.updateComplete.then(()=>{this.renderRoot.querySelector(t)?.focus({preventScroll:!0})})}field(){return this.renderRoot.querySelector("textarea")}log(){return this.hasUpdated?this.renderRoot.querySelector(".log"):null}};V.styles=Vs,V.properties={open:{type:Boolean,reflect:!0},inline:{type:Boolean,reflect:!0},heading:{type:String},greeting:{type:String},locale:{type:String},country:{type:String},contact:{type:String},accent:{type:String},server:{type:String},menu:{state:!0},copied:{state:!0},unread:{state:!0}};let Y=V;function ee(){return matchMedia("(pointer: coarse)").matches}const se="stillnight-chat",Js="/webhooks/web",Zs={title:"heading",greeting:"greeting",locale:"locale",country:"country",contact:"contact",color:"accent",position:"position",scheme:"scheme"},ct=document.currentScript;function ie(){if(customElements.get(se))return;customElements.define(se,Y);const s=ct?.dataset??{},t=ct?.src?new URL(ct.src,location.href).origin:location.origin,e=s.target?document.querySelector(s.target):null,i=new Y;i.server=(s.server??t).replace(/\/+$/,"")+Js,i.locale=document.documentElement.lang||navigator.language;for(const[n,o]of Object.entries(Zs)){const r=s[n];r!==void 0&&i.setAttribute(o,r)}i.inline=e!==null,(e??document.body).append(i),window.Stillnight={element:i,open:()=>i.show(),close:()=>i.hide(),ask:n=>i.ask(n)}}document.readyState==="loading"?addEventListener("DOMContentLoaded",ie,{once:!0}):ie()})();
