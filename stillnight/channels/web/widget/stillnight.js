(function(){"use strict";/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const R=globalThis,F=R.ShadowRoot&&(R.ShadyCSS===void 0||R.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,W=Symbol(),it=new WeakMap;let nt=class{constructor(t,e,s){if(this._$cssResult$=!0,s!==W)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o;const e=this.t;if(F&&t===void 0){const s=e!==void 0&&e.length===1;s&&(t=it.get(e)),t===void 0&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),s&&it.set(e,t))}return t}toString(){return this.cssText}};const Ht=i=>new nt(typeof i=="string"?i:i+"",void 0,W),b=(i,...t)=>{const e=i.length===1?i[0]:t.reduce((s,n,o)=>s+(r=>{if(r._$cssResult$===!0)return r.cssText;if(typeof r=="number")return r;throw Error("Value passed to 'css' function must be a 'css' function result: "+r+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+i[o+1],i[0]);return new nt(e,i,W)},It=(i,t)=>{if(F)i.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(const e of t){const s=document.createElement("style"),n=R.litNonce;n!==void 0&&s.setAttribute("nonce",n),s.textContent=e.cssText,i.appendChild(s)}},ot=F?i=>i:i=>i instanceof CSSStyleSheet?(t=>{let e="";for(const s of t.cssRules)e+=s.cssText;return Ht(e)})(i):i;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const{is:qt,defineProperty:Bt,getOwnPropertyDescriptor:Ft,getOwnPropertyNames:Wt,getOwnPropertySymbols:Yt,getPrototypeOf:Vt}=Object,U=globalThis,rt=U.trustedTypes,Gt=rt?rt.emptyScript:"",Kt=U.reactiveElementPolyfillSupport,E=(i,t)=>i,Y={toAttribute(i,t){switch(t){case Boolean:i=i?Gt:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,t){let e=i;switch(t){case Boolean:e=i!==null;break;case Number:e=i===null?null:Number(i);break;case Object:case Array:try{e=JSON.parse(i)}catch{e=null}}return e}},at=(i,t)=>!qt(i,t),lt={attribute:!0,type:String,converter:Y,reflect:!1,useDefault:!1,hasChanged:at};Symbol.metadata??=Symbol("metadata"),U.litPropertyMetadata??=new WeakMap;let k=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=lt){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){const s=Symbol(),n=this.getPropertyDescriptor(t,s,e);n!==void 0&&Bt(this.prototype,t,n)}}static getPropertyDescriptor(t,e,s){const{get:n,set:o}=Ft(this.prototype,t)??{get(){return this[e]},set(r){this[e]=r}};return{get:n,set(r){const c=n?.call(this);o?.call(this,r),this.requestUpdate(t,c,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??lt}static _$Ei(){if(this.hasOwnProperty(E("elementProperties")))return;const t=Vt(this);t.finalize(),t.l!==void 0&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(E("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(E("properties"))){const e=this.properties,s=[...Wt(e),...Yt(e)];for(const n of s)this.createProperty(n,e[n])}const t=this[Symbol.metadata];if(t!==null){const e=litPropertyMetadata.get(t);if(e!==void 0)for(const[s,n]of e)this.elementProperties.set(s,n)}this._$Eh=new Map;for(const[e,s]of this.elementProperties){const n=this._$Eu(e,s);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){const e=[];if(Array.isArray(t)){const s=new Set(t.flat(1/0).reverse());for(const n of s)e.unshift(ot(n))}else t!==void 0&&e.push(ot(t));return e}static _$Eu(t,e){const s=e.attribute;return s===!1?void 0:typeof s=="string"?s:typeof t=="string"?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),this.renderRoot!==void 0&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){const t=new Map,e=this.constructor.elementProperties;for(const s of e.keys())this.hasOwnProperty(s)&&(t.set(s,this[s]),delete this[s]);t.size>0&&(this._$Ep=t)}createRenderRoot(){const t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return It(t,this.constructor.elementStyles),t}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,s){this._$AK(t,s)}_$ET(t,e){const s=this.constructor.elementProperties.get(t),n=this.constructor._$Eu(t,s);if(n!==void 0&&s.reflect===!0){const o=(s.converter?.toAttribute!==void 0?s.converter:Y).toAttribute(e,s.type);this._$Em=t,o==null?this.removeAttribute(n):this.setAttribute(n,o),this._$Em=null}}_$AK(t,e){const s=this.constructor,n=s._$Eh.get(t);if(n!==void 0&&this._$Em!==n){const o=s.getPropertyOptions(n),r=typeof o.converter=="function"?{fromAttribute:o.converter}:o.converter?.fromAttribute!==void 0?o.converter:Y;this._$Em=n;const c=r.fromAttribute(e,o.type);this[n]=c??this._$Ej?.get(n)??c,this._$Em=null}}requestUpdate(t,e,s,n=!1,o){if(t!==void 0){const r=this.constructor;if(n===!1&&(o=this[t]),s??=r.getPropertyOptions(t),!((s.hasChanged??at)(o,e)||s.useDefault&&s.reflect&&o===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,s))))return;this.C(t,e,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(t,e,{useDefault:s,reflect:n,wrapped:o},r){s&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??e??this[t]),o!==!0||r!==void 0)||(this._$AL.has(t)||(this.hasUpdated||s||(e=void 0),this._$AL.set(t,e)),n===!0&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}const t=this.scheduleUpdate();return t!=null&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[n,o]of this._$Ep)this[n]=o;this._$Ep=void 0}const s=this.constructor.elementProperties;if(s.size>0)for(const[n,o]of s){const{wrapped:r}=o,c=this[n];r!==!0||this._$AL.has(n)||c===void 0||this.C(n,void 0,o,c)}}let t=!1;const e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(e)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(t){}firstUpdated(t){}};k.elementStyles=[],k.shadowRootOptions={mode:"open"},k[E("elementProperties")]=new Map,k[E("finalized")]=new Map,Kt?.({ReactiveElement:k}),(U.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const V=globalThis,ct=i=>i,L=V.trustedTypes,ht=L?L.createPolicy("lit-html",{createHTML:i=>i}):void 0,dt="$lit$",f=`lit$${Math.random().toFixed(9).slice(2)}$`,ut="?"+f,Jt=`<${ut}>`,$=document,T=()=>$.createComment(""),C=i=>i===null||typeof i!="object"&&typeof i!="function",G=Array.isArray,Zt=i=>G(i)||typeof i?.[Symbol.iterator]=="function",K=`[ 	
\f\r]`,z=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,pt=/-->/g,gt=/>/g,y=RegExp(`>|${K}(?:([^\\s"'>=/]+)(${K}*=${K}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),ft=/'/g,mt=/"/g,bt=/^(?:script|style|textarea|title)$/i,$t=i=>(t,...e)=>({_$litType$:i,strings:t,values:e}),l=$t(1),Xt=$t(2),x=Symbol.for("lit-noChange"),h=Symbol.for("lit-nothing"),yt=new WeakMap,v=$.createTreeWalker($,129);function vt(i,t){if(!G(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return ht!==void 0?ht.createHTML(t):t}const Qt=(i,t)=>{const e=i.length-1,s=[];let n,o=t===2?"<svg>":t===3?"<math>":"",r=z;for(let c=0;c<e;c++){const a=i[c];let u,p,d=-1,g=0;for(;g<a.length&&(r.lastIndex=g,p=r.exec(a),p!==null);)g=r.lastIndex,r===z?p[1]==="!--"?r=pt:p[1]!==void 0?r=gt:p[2]!==void 0?(bt.test(p[2])&&(n=RegExp("</"+p[2],"g")),r=y):p[3]!==void 0&&(r=y):r===y?p[0]===">"?(r=n??z,d=-1):p[1]===void 0?d=-2:(d=r.lastIndex-p[2].length,u=p[1],r=p[3]===void 0?y:p[3]==='"'?mt:ft):r===mt||r===ft?r=y:r===pt||r===gt?r=z:(r=y,n=void 0);const m=r===y&&i[c+1].startsWith("/>")?" ":"";o+=r===z?a+Jt:d>=0?(s.push(u),a.slice(0,d)+dt+a.slice(d)+f+m):a+f+(d===-2?c:m)}return[vt(i,o+(i[e]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),s]};class O{constructor({strings:t,_$litType$:e},s){let n;this.parts=[];let o=0,r=0;const c=t.length-1,a=this.parts,[u,p]=Qt(t,e);if(this.el=O.createElement(u,s),v.currentNode=this.el.content,e===2||e===3){const d=this.el.content.firstChild;d.replaceWith(...d.childNodes)}for(;(n=v.nextNode())!==null&&a.length<c;){if(n.nodeType===1){if(n.hasAttributes())for(const d of n.getAttributeNames())if(d.endsWith(dt)){const g=p[r++],m=n.getAttribute(d).split(f),B=/([.?@])?(.*)/.exec(g);a.push({type:1,index:o,name:B[2],strings:m,ctor:B[1]==="."?ee:B[1]==="?"?se:B[1]==="@"?ie:j}),n.removeAttribute(d)}else d.startsWith(f)&&(a.push({type:6,index:o}),n.removeAttribute(d));if(bt.test(n.tagName)){const d=n.textContent.split(f),g=d.length-1;if(g>0){n.textContent=L?L.emptyScript:"";for(let m=0;m<g;m++)n.append(d[m],T()),v.nextNode(),a.push({type:2,index:++o});n.append(d[g],T())}}}else if(n.nodeType===8)if(n.data===ut)a.push({type:2,index:o});else{let d=-1;for(;(d=n.data.indexOf(f,d+1))!==-1;)a.push({type:7,index:o}),d+=f.length-1}o++}}static createElement(t,e){const s=$.createElement("template");return s.innerHTML=t,s}}function A(i,t,e=i,s){if(t===x)return t;let n=s!==void 0?e._$Co?.[s]:e._$Cl;const o=C(t)?void 0:t._$litDirective$;return n?.constructor!==o&&(n?._$AO?.(!1),o===void 0?n=void 0:(n=new o(i),n._$AT(i,e,s)),s!==void 0?(e._$Co??=[])[s]=n:e._$Cl=n),n!==void 0&&(t=A(i,n._$AS(i,t.values),n,s)),t}class te{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){const{el:{content:e},parts:s}=this._$AD,n=(t?.creationScope??$).importNode(e,!0);v.currentNode=n;let o=v.nextNode(),r=0,c=0,a=s[0];for(;a!==void 0;){if(r===a.index){let u;a.type===2?u=new N(o,o.nextSibling,this,t):a.type===1?u=new a.ctor(o,a.name,a.strings,this,t):a.type===6&&(u=new ne(o,this,t)),this._$AV.push(u),a=s[++c]}r!==a?.index&&(o=v.nextNode(),r++)}return v.currentNode=$,n}p(t){let e=0;for(const s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(t,s,e),e+=s.strings.length-2):s._$AI(t[e])),e++}}class N{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,s,n){this.type=2,this._$AH=h,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=s,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode;const e=this._$AM;return e!==void 0&&t?.nodeType===11&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=A(this,t,e),C(t)?t===h||t==null||t===""?(this._$AH!==h&&this._$AR(),this._$AH=h):t!==this._$AH&&t!==x&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):Zt(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==h&&C(this._$AH)?this._$AA.nextSibling.data=t:this.T($.createTextNode(t)),this._$AH=t}$(t){const{values:e,_$litType$:s}=t,n=typeof s=="number"?this._$AC(t):(s.el===void 0&&(s.el=O.createElement(vt(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===n)this._$AH.p(e);else{const o=new te(n,this),r=o.u(this.options);o.p(e),this.T(r),this._$AH=o}}_$AC(t){let e=yt.get(t.strings);return e===void 0&&yt.set(t.strings,e=new O(t)),e}k(t){G(this._$AH)||(this._$AH=[],this._$AR());const e=this._$AH;let s,n=0;for(const o of t)n===e.length?e.push(s=new N(this.O(T()),this.O(T()),this,this.options)):s=e[n],s._$AI(o),n++;n<e.length&&(this._$AR(s&&s._$AB.nextSibling,n),e.length=n)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){const s=ct(t).nextSibling;ct(t).remove(),t=s}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}}class j{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,s,n,o){this.type=1,this._$AH=h,this._$AN=void 0,this.element=t,this.name=e,this._$AM=n,this.options=o,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=h}_$AI(t,e=this,s,n){const o=this.strings;let r=!1;if(o===void 0)t=A(this,t,e,0),r=!C(t)||t!==this._$AH&&t!==x,r&&(this._$AH=t);else{const c=t;let a,u;for(t=o[0],a=0;a<o.length-1;a++)u=A(this,c[s+a],e,a),u===x&&(u=this._$AH[a]),r||=!C(u)||u!==this._$AH[a],u===h?t=h:t!==h&&(t+=(u??"")+o[a+1]),this._$AH[a]=u}r&&!n&&this.j(t)}j(t){t===h?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}}class ee extends j{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===h?void 0:t}}class se extends j{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==h)}}class ie extends j{constructor(t,e,s,n,o){super(t,e,s,n,o),this.type=5}_$AI(t,e=this){if((t=A(this,t,e,0)??h)===x)return;const s=this._$AH,n=t===h&&s!==h||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,o=t!==h&&(s===h||n);n&&this.element.removeEventListener(this.name,this,s),o&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}}class ne{constructor(t,e,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){A(this,t)}}const oe=V.litHtmlPolyfillSupport;oe?.(O,N),(V.litHtmlVersions??=[]).push("3.3.3");const re=(i,t,e)=>{const s=e?.renderBefore??t;let n=s._$litPart$;if(n===void 0){const o=e?.renderBefore??null;s._$litPart$=n=new N(t.insertBefore(T(),o),o,void 0,e??{})}return n._$AI(i),n};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const J=globalThis;class M extends k{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){const t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){const e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=re(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return x}}M._$litElement$=!0,M.finalized=!0,J.litElementHydrateSupport?.({LitElement:M});const ae=J.litElementPolyfillSupport;ae?.({LitElement:M}),(J.litElementVersions??=[]).push("4.2.2");const le={title:"Stillnight",tagline:"مساعد آلي للتثقيف، وليس طبيبًا.",open:"أسئلة عن تململ الساقين؟ تحدث معنا",close:"إغلاق المحادثة",menu:"المزيد",emergency:"في حالة الطوارئ، اتصل برقم الطوارئ المحلي.",emergencyNumbers:"أرقام الطوارئ",conversation:"المحادثة",you:"قلتَ:",assistant:"قال Stillnight:",message:"رسالتك",placeholder:"سؤالك",send:"إرسال",keys:"زر الإدخال يرسل رسالتك. مع Shift يبدأ سطرًا جديدًا.",suggestions:"اقتراحات",sources:"المصادر",newTab:"(يفتح في علامة تبويب جديدة)",writing:"Stillnight يكتب.",helpful:"هل كان هذا مفيدًا؟",yes:"نعم",no:"لا",thanks:"شكرًا لك.",whyNot:"ما الذي كان ينقص؟",copy:"نسخ",copied:"تم النسخ.",download:"تنزيل هذه المحادثة",again:"ابدأ من جديد",forget:"انسَني",forgetAsk:"هل تريد حذف هذه المحادثة هنا وعلى الخادم؟ لا يمكن استعادتها.",forgetYes:"احذفها",forgetNo:"أبقِها",forgotten:"حُذف كل ما في هذه المحادثة.",remember:"تذكّر هذه المحادثة على هذا الجهاز",resumed:"محادثتك مستمرة.",restarted:"المحادثة القديمة لم تعد موجودة، فبدأت محادثة جديدة.",offline:"لا يمكن الوصول إليّ الآن. رسالتك محفوظة وستُرسل عند عودتي.",busy:"كان ذلك كثيرًا دفعة واحدة. رسالتك محفوظة وستُرسل بعد لحظة.",failed:"عذرًا، تعذّر إرسال تلك الرسالة.",retry:"حاول مرة أخرى",long:"رسالتك أصبحت طويلة.",tooLong:"أطول مما أستطيع قراءته: من فضلك اختصرها.",counted:"{count} من {most}",unread:"{count} جديد",away:"لا يمكن الوصول إليّ الآن. سأواصل المحاولة.",emergencyCall:"الطوارئ",or:"أو",elsewhere:"تغيير البلد",clinic:"عيادتك:",tell:"إرسال",skip:"تخطٍّ",notForgotten:"لا يمكن الوصول إليّ الآن، لذلك لم يُحذف شيء بعد. حاول مرة أخرى من فضلك.",notLoaded:"لا يمكن الوصول إليّ الآن. حاول مرة أخرى من فضلك."},wt={title:"Stillnight",tagline:"An automated assistant for education, not a doctor.",open:"Questions about restless legs? Chat with us",close:"Close the chat",menu:"More",emergency:"In an emergency, call your local emergency number.",emergencyNumbers:"Emergency numbers",conversation:"Conversation",you:"You said:",assistant:"Stillnight said:",message:"Your message",placeholder:"Your question",send:"Send",keys:"Enter sends your message. Shift and Enter starts a new line.",suggestions:"Suggestions",sources:"Sources",newTab:"(opens in a new tab)",writing:"Stillnight is writing.",helpful:"Was this helpful?",yes:"Yes",no:"No",thanks:"Thank you.",whyNot:"What was missing?",copy:"Copy",copied:"Copied.",download:"Download this chat",again:"Start again",forget:"Forget me",forgetAsk:"Delete this chat here and on the server? It cannot be brought back.",forgetYes:"Delete it",forgetNo:"Keep it",forgotten:"Everything of this chat was deleted.",remember:"Remember this chat on this device",resumed:"Your chat goes on.",restarted:"The old chat is no longer there, so a new one has begun.",offline:"I cannot be reached just now. Your message is kept, and sent when I am back.",busy:"That was a lot at once. Your message is kept, and sent in a moment.",failed:"Sorry, that message could not be sent.",retry:"Try again",long:"Your message is getting long.",tooLong:"Too long for me to read: please shorten it.",counted:"{count} of {most}",unread:"{count} new",away:"I cannot be reached just now. I keep trying.",emergencyCall:"Emergency",or:"or",elsewhere:"Change country",clinic:"Your clinic:",tell:"Send",skip:"Skip",notForgotten:"I cannot be reached just now, so nothing was deleted yet. Please try again.",notLoaded:"I cannot be reached just now. Please try again."},_t={en:wt,ar:le},ce=new Set(["ar","fa","he","ur"]);function w(i){const t=xt(i),e=Object.hasOwn(_t,t)?_t[t]:void 0;return e?{lang:t,words:e}:{lang:"en",words:wt}}function Z(i){return ce.has(xt(i))?"rtl":"ltr"}function kt(i,t){return i.replace(/\{(\w+)\}/g,(e,s)=>String(t[s]??""))}function xt(i){return i.toLowerCase().split("-")[0]??""}const he=45e3,de="application/x-ndjson";class _ extends Error{}class P extends Error{constructor(t,e){super(`refused with ${t}`),this.status=t,this.wait=e}get isForgotten(){return this.status===401}}class ue{constructor(t,e,s){this.base=t,this.tokens=e,this.country=s}get hasSession(){return this.tokens.token!==null}async start(){return await(await this.call("POST","/session")).json()}async history(){try{return(await(await this.call("GET","/history")).json()).messages}catch(t){if(t instanceof P&&t.isForgotten)return this.tokens.drop(),null;throw t}}async send(t,e,s){const n=t.choice===void 0?{text:t.text}:{choice:t.choice},o=await this.call("POST","/messages",{body:{...n,country:this.country()},headers:{"Idempotency-Key":t.key,Accept:de},signal:s});let r=!1;for await(const c of ge(o))e(pe(c)),r=!0;if(!r)throw new _}async feedback(t,e,s){await this.call("POST","/feedback",{body:{message:t,helpful:e,reason:s}})}async transcript(){return(await this.call("GET","/transcript")).text()}async numbers(){const t=this.country(),e=t===void 0?"":`?${new URLSearchParams({country:t})}`;return await(await this.call("GET",`/numbers${e}`)).json()}async forget(){for(const t of this.tokens.all)await this.call("DELETE","/session",{token:t}).catch(e=>{if(!(e instanceof P&&e.isForgotten))throw e});this.tokens.drop()}async call(t,e,{body:s,headers:n,token:o=this.tokens.token,signal:r}={}){const c=new AbortController;setTimeout(()=>c.abort(),he),r?.addEventListener("abort",()=>c.abort());let a;try{a=await fetch(this.base+e,{method:t,credentials:"omit",referrerPolicy:"no-referrer",headers:{...n,...s===void 0?{}:{"Content-Type":"application/json"},...o===null?{}:{Authorization:`Bearer ${o}`}},...s===void 0?{}:{body:JSON.stringify(s)},signal:c.signal})}catch{throw new _}if(a.status>=500)throw new _;if(!a.ok)throw new P(a.status,Number(a.headers.get("Retry-After"))||0);return a}}function pe(i){let t=null;try{t=JSON.parse(i)}catch{}if(typeof t?.id!="string"||typeof t.text!="string")throw new _;return{lang:"en",buttons:[],sources:[],contacts:[],images:[],urgent:!1,...t}}async function*ge(i){const t=i.body?.pipeThrough(new TextDecoderStream).getReader();if(!t)return;let e="";for(;;){let s;try{s=await t.read()}catch{throw new _}e+=s.value??"";const n=e.split(`
`);if(e=n.pop()??"",yield*n.filter(o=>o!==""),s.done){if(e!=="")throw new _;return}}}function At(i,t){const e=new Set(i.map(o=>o.id)),s=i.map(o=>o.from==="patient"?{from:"patient",key:o.id,text:o.text,state:"sent"}:{from:"assistant",answer:o,live:!1}),n=t.filter(o=>!e.has(o.key)).map(({key:o,text:r})=>({from:"patient",key:o,text:r,state:"waiting"}));return[...s,...n]}function St(i){return i.map(t=>({from:"assistant",answer:t,live:!0}))}function X(i){const t=i.map(e=>e.from);return i.slice(t.lastIndexOf("patient")+1).filter(e=>e.from==="assistant")}const Et="stillnight.";function D(i){return new Tt(()=>sessionStorage,Et+i)}function fe(i){return new Tt(()=>localStorage,Et+i)}class Tt{constructor(t,e){this.store=t,this.key=e,this.inMemory=null}get value(){try{return JSON.parse(this.store().getItem(this.key)??"null")}catch{return this.inMemory}}set value(t){this.inMemory=t;try{t===null?this.store().removeItem(this.key):this.store().setItem(this.key,JSON.stringify(t))}catch{}}}const Q=2e3,me=3e4,be=1e4;class $e{constructor(t,e,s){this.client=t,this.listener=e,this.running=!1,this.stopped=!1,this.current=new AbortController,this.wait=Q,this.begunAnewFor="",this.again=()=>{clearTimeout(this.timer),this.wait=Q,this.run()},this.kept=D(`outbox.${s}`),this.waiting=this.kept.value??[],addEventListener("online",this.again)}get messages(){return this.waiting}stop(){removeEventListener("online",this.again),this.stopped=!0,this.giveUp()}add(t){this.set([...this.waiting,t]),this.run()}clear(){const t=this.waiting;return this.giveUp(),this.set([]),t}async run(){if(!(this.running||this.stopped)){this.running=!0;try{for(let t=this.waiting[0];t;t=this.waiting[0])if(!await this.send(t))return}finally{this.running=!1}}}async send(t){if(this.stopped)return!1;const{signal:e}=this.current;try{await this.listener.begin(),e.aborted||await this.client.send(t,s=>this.listener.replied(t,s),e)}catch(s){return e.aborted||this.notSent(t,s)}return e.aborted||(this.wait=Q,this.remove(t),this.listener.trouble(null),this.listener.done(t)),!0}notSent(t,e){return e instanceof _?(this.later("offline",this.wait),this.wait=Math.min(2*this.wait,me),!1):e instanceof P&&e.status===429?(this.later("busy",1e3*e.wait||be),!1):e instanceof P&&e.isForgotten&&this.begunAnewFor!==t.key?(this.begunAnewFor=t.key,this.listener.lost(),this.set(this.waiting.map(s=>s.key===t.key?{key:s.key,text:s.text}:s)),!0):(this.remove(t),this.listener.failed(t),!0)}giveUp(){clearTimeout(this.timer),this.current.abort(),this.current=new AbortController}later(t,e){this.listener.trouble(t),clearTimeout(this.timer),this.timer=setTimeout(()=>void this.run(),e)}remove(t){this.set(this.waiting.filter(e=>e.key!==t.key))}set(t){this.waiting=t,this.kept.value=t.length?[...t]:null}}const ye=720*60*60*1e3;class ve{constructor(t){this.current=D(`token.${t}`),this.past=D(`past.${t}`),this.remembered=fe(`token.${t}`),this.current.value??=this.onDevice?.token??null}get token(){return this.current.value}get isRemembered(){return this.onDevice!==null}get all(){return[...this.past.value??[],...this.token===null?[]:[this.token]]}keep(t){this.current.value=t}leave(){const t=this.all;this.drop(),this.past.value=[...t]}drop(){this.current.value=null,this.past.value=null,this.remembered.value=null}remember(t){const e=this.token;this.remembered.value=t&&e!==null?{token:e,until:Date.now()+ye}:null}get onDevice(){const t=this.remembered.value;return t!==null&&t.until>Date.now()?t:null}}const we=2e3,_e=5e3,ke=500;class xe{constructor(t,e){this.host=e,this.entries=[],this.trouble=null,this.numbers=null,this.spoken="",this.quiet=!1,this.begun=null,this.round=0,this.waits=!1,this.stale=!1,this.tokens=new ve(t),this.typed=D(`draft.${t}`),this.client=new ue(t,this.tokens,()=>e.country()),this.outbox=new $e(this.client,{replied:(s,n)=>this.replied(s,n),done:()=>this.settled(),failed:s=>this.failed(s),begin:()=>this.begin(),lost:()=>this.lost(),trouble:s=>this.troubled(s)},t),this.tabs="BroadcastChannel"in globalThis?new BroadcastChannel(`stillnight.${t}`):null,this.tabs?.addEventListener("message",()=>void this.reload())}get isRemembered(){return this.tokens.isRemembered}get draft(){return this.typed.value??""}set draft(t){this.typed.value=t||null,this.host.changed()}get writing(){return this.waits}set writing(t){this.waits=t,clearTimeout(this.slow),t&&(this.slow=setTimeout(()=>this.say(this.host.strings().writing),we))}begin(){const{round:t}=this;return this.begun??=this.resumed().catch(e=>{if(t===this.round)throw this.begun=null,this.trouble="offline",this.say(this.host.strings().away),clearTimeout(this.later),this.later=setTimeout(()=>this.retry(),_e),e}),this.begun}send(t,e){const s={key:Ae(),text:t,...e===void 0?{}:{choice:e}};this.entries=[...this.entries,{from:"patient",key:s.key,text:t,state:"waiting"}],this.spoken="",this.writing=!0,this.host.changed(),this.outbox.add(s)}retry(){this.begin().then(()=>this.outbox.again(),()=>{})}async judge(t,e,s){const n=e||s!==void 0?"done":"missing";this.entries=this.entries.map(o=>o.from==="assistant"&&o.answer.id===t.id?{...o,judged:n}:o),this.host.changed(),await this.client.feedback(t.id,e,s||void 0).catch(()=>{})}remember(t){this.tokens.remember(t),this.host.changed()}transcript(){return this.client.transcript()}async startAgain(){this.reset(),this.tokens.leave(),await this.begin()}async forget(){const t=this.outbox.clear();try{await this.client.forget()}catch(e){throw t.forEach(s=>this.outbox.add(s)),e}this.reset(),this.draft="",this.tabs?.postMessage("changed"),this.note(this.host.strings().forgotten)}warn(t){this.entries=[...this.entries,{from:"note",text:t}],this.host.changed()}say(t){this.spoken=t,this.host.changed()}stop(){this.round+=1,this.outbox.stop(),this.tabs?.close(),clearTimeout(this.slow),clearTimeout(this.later)}reset(){this.round+=1,this.outbox.clear(),this.begun=null,this.writing=!1,this.trouble=null,this.entries=[]}async resumed(){const{round:t}=this,e=this.client.hasSession?await this.client.history():null,s=e?.length?null:await this.client.start();t===this.round&&(s===null?(this.quiet=!0,setTimeout(()=>{this.quiet=!1,this.say(this.host.strings().resumed)},ke),this.entries=At(e??[],this.outbox.messages)):(this.tokens.keep(s.token),this.greet(s.messages)),this.trouble=null,this.writing=this.outbox.messages.length>0,this.host.changed(),this.renumber(),this.outbox.again())}greet(t){const e=s=>s.from==="patient"&&s.state==="waiting";this.entries=[...this.entries.filter(s=>!e(s)),...St(t),...this.entries.filter(e)]}async renumber(){this.numbers=await this.client.numbers().catch(()=>this.numbers),this.host.changed()}async reload(){if(this.stale=this.writing,!this.client.hasSession||this.writing)return;const t=await this.client.history().catch(()=>null);this.stale=this.outbox.messages.length>0,!this.stale&&(t?.length===0?this.note(this.host.strings().forgotten):t!==null&&(this.entries=At(t,this.outbox.messages),this.host.changed()))}note(t){this.entries=[{from:"note",text:t}],this.say(t)}lost(){this.tokens.drop(),this.begun=null,this.entries=[...this.entries,{from:"note",text:this.host.strings().restarted}],this.host.changed()}replied(t,e){if(this.mark(t,"sent"),!this.entries.some(s=>s.from==="assistant"&&s.answer.id===e.id)){const s=this.entries.findIndex(o=>o.from==="patient"&&o.state==="waiting"),n=s<0?this.entries.length:s;this.entries=[...this.entries.slice(0,n),...St([e]),...this.entries.slice(n)],this.host.answered()}this.host.changed()}settled(){X(this.entries).some(({answer:t})=>t.contacts.length)&&this.renumber(),this.writing=this.outbox.messages.length>0,this.tabs?.postMessage("changed"),this.host.changed(),this.stale&&!this.writing&&this.reload()}failed(t){this.mark(t,"failed"),this.writing=this.outbox.messages.length>0,this.say(this.host.strings().failed)}troubled(t){const e=t!==null&&t!==this.trouble;this.trouble=t,this.writing=t===null&&this.outbox.messages.length>0,e&&this.say(t==="offline"?this.host.strings().offline:this.host.strings().busy),this.host.changed()}mark(t,e){this.entries=this.entries.map(s=>s.from==="patient"&&s.key===t.key?{...s,state:e}:s)}}function Ae(){return Array.from(crypto.getRandomValues(new Uint8Array(16)),i=>i.toString(16).padStart(2,"0")).join("")}function Se(i){const t=Ee(i);return t===null?null:1.05/(t+.05)>=(t+.05)/.05?"#fff":"#000"}function Ee(i){const t=CSS.supports("color",i)?document.createElement("canvas").getContext("2d"):null;if(t===null)return null;t.fillStyle=i,t.fillRect(0,0,1,1);const[e=0,s=0,n=0]=[...t.getImageData(0,0,1,1).data].map(o=>Te(o/255));return .2126*e+.7152*s+.0722*n}function Te(i){return i<=.04045?i/12.92:((i+.055)/1.055)**2.4}const Ct=/^(tel|sms):[+0-9*#,;a-z=?&.-]+$/i,Ce=new Set(["svg","g","rect","line","path","text","tspan","title","desc","polygon","circle"]),ze=/^(?:[a-z-]+|viewBox|preserveAspectRatio|textLength|lengthAdjust)$/,Oe=/^on|^style$|^xmlns$|href$/,Ne=/url\(|javascript:/i,zt=new WeakMap;function Me(i,t){const e=[i];for(const s of t)for(let n=e.length-1;n>=0;n-=1){const o=e[n],r=typeof o=="string"?o.lastIndexOf(s.say):-1;if(typeof o=="string"&&r>=0&&Ct.test(s.href)){e.splice(n,1,o.slice(0,r),Ot(s),o.slice(r+s.say.length));break}}return e}function Ot({say:i,href:t}){return Ct.test(t)?l`<a class="number" href=${t}>${i}</a>`:l`${i}`}function Nt(i){const t=Mt(i);return t!==null?l`<a href=${t} target="_blank" rel="noopener noreferrer">${i.replace(/^https?:\/\//,"")}</a>`:/^[^\s@:/?&]+@[^\s@:/?&]+\.[a-z]+$/i.test(i)?l`<a href=${`mailto:${i}`}>${i}</a>`:/^\+?[\d\s()./-]{6,24}$/.test(i)?l`<a href=${`tel:${i.replace(/[^\d+]/g,"")}`}>${i}</a>`:l`${i}`}function Mt(i){return i!==null&&/^https?:\/\//i.test(i)?i:null}function Pe(i){const t=zt.get(i)??Re(i);return zt.set(i,t),t}function Re(i){const t=new DOMParser().parseFromString(i.svg,"image/svg+xml").documentElement,e=t.localName==="svg"?Pt(t):null;return e?.setAttribute("role","img"),e?.setAttribute("aria-label",i.alt),e}function Pt(i){if(!Ce.has(i.localName))return null;const t=document.createElementNS("http://www.w3.org/2000/svg",i.localName);for(const{name:e,value:s}of i.attributes)ze.test(e)&&!Oe.test(e)&&!Ne.test(s)&&t.setAttribute(e,s);for(const e of i.childNodes)if(e.nodeType===Node.TEXT_NODE)t.append(e.textContent??"");else if(e.nodeType===Node.ELEMENT_NODE){const s=Pt(e);s!==null&&t.append(s)}return t}const S=2e3,tt=1800;function Ue(i){return l`${Le(i)} ${je(i)} ${De(i)}
    <p class="unseen" role="status">${i.talk.spoken}</p>`}function Le({talk:i,words:t,contact:e}){if(i.trouble===null)return h;const n=i.entries.some(o=>o.from==="patient"&&o.state==="waiting")?t.offline:t.away;return l`<div class="trouble">
    <p>${i.trouble==="busy"?t.busy:n}</p>
    ${e?l`<p>${t.clinic} ${Nt(e)}</p>`:h}
    <button type="button" @click=${()=>i.retry()}>${t.retry}</button>
  </div>`}function je(i){const{words:t,talk:e}=i,s=H(e.draft),[n,o]=[s>tt,s>S];return l`<form
    class="composer"
    @submit=${r=>{r.preventDefault(),Rt(i)}}
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
        @input=${r=>He(i,r.target)}
        @keydown=${r=>{r.key==="Enter"&&!r.shiftKey&&!r.isComposing&&(r.preventDefault(),Rt(i))}}
      ></textarea>
      <button class="send" type="submit">${t.send}</button>
    </div>
    <p id="keys" hidden>${t.keys}</p>
    <p id="counter" class="counter ${o?"over":""}" ?hidden=${!n}>
      ${o?t.tooLong:t.long} ${kt(t.counted,{count:s,most:S})}
    </p>
  </form>`}function De(i){const{words:t,talk:e,lang:s}=i,n=e.numbers,o=n?.change,r=n!==null&&n.country!==null&&n.contacts.length>0,c=n?.contacts.map((p,d)=>l`${d?` ${t.or} `:""}${Ot(p)}`),a=r?new Intl.DisplayNames([s],{type:"region",style:"short",fallback:"none"}).of(n.country??""):"",u=r?t.elsewhere:t.emergencyNumbers;return l`<p class="emergency">
    ${r?l`<span>${t.emergencyCall}${a?` (${a})`:""}: ${c}</span>`:t.emergency}
    ${o?l`<button type="button" @click=${()=>i.send(u,o.choice)}>${u}</button>`:h}
  </p>`}function He(i,t){const{talk:e,words:s}=i,[n,o]=[H(e.draft),H(t.value)];e.draft=t.value,CSS.supports("field-sizing","content")||(t.style.blockSize="auto",t.style.blockSize=`${t.scrollHeight}px`),o>S&&n<=S?e.say(s.tooLong):o>tt&&n<=tt&&e.say(s.long)}function Rt(i){const t=i.talk.draft.trim();t&&H(t)<=S&&(i.talk.draft="",i.send(t))}function H(i){return Array.from(i).length}const et=i=>Xt`
  <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
    stroke-linejoin="round"><path d=${i} /></svg>`,Ie=et("M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z"),qe=et("M6 6l12 12M18 6L6 18"),Be=et("M5 12h.01M12 12h.01M19 12h.01");function Fe(i){const{words:t,heading:e,menu:s,inline:n}=i;return l`<div class="head">
      <div>
        <h2>${e}</h2>
        <p class="tagline">${t.tagline}</p>
      </div>
      <button
        class="icon more"
        type="button"
        aria-expanded=${s!=="closed"}
        aria-label=${t.menu}
        @click=${()=>i.show(s==="closed"?"open":"closed")}
      >
        ${Be}
      </button>
      ${n?h:l`<button class="icon" type="button" aria-label=${t.close} @click=${()=>i.close()}>
            ${qe}
          </button>`}
    </div>
    ${s==="open"?We(i):s==="forgetting"?Ye(i):h}`}function We(i){const{words:t,talk:e,contact:s}=i;return l`<div class="menu" role="group" aria-label=${t.menu}>
    <button type="button" @click=${()=>i.download()}>${t.download}</button>
    <button type="button" @click=${()=>i.startAgain()}>${t.again}</button>
    <button type="button" @click=${()=>i.show("forgetting")}>${t.forget}</button>
    <label>
      <input
        type="checkbox"
        .checked=${e.isRemembered}
        @change=${n=>e.remember(n.target.checked)}
      />
      <span>${t.remember}</span>
    </label>
    ${s?l`<p>${t.clinic} ${Nt(s)}</p>`:h}
  </div>`}function Ye(i){const{words:t}=i;return l`<div class="menu confirm" role="group" aria-label=${t.forget}>
    <p>${t.forgetAsk}</p>
    <button class="danger" type="button" @click=${()=>i.forget()}>${t.forgetYes}</button>
    <button class="keep" type="button" @click=${()=>i.show("closed")}>${t.forgetNo}</button>
  </div>`}const Ve=500;function Ge(i){const{talk:t,words:e,greeting:s}=i;return l`<div
    class="log"
    role="log"
    aria-live=${t.quiet?"off":"polite"}
    aria-label=${e.conversation}
    tabindex="0"
  >
    ${s?l`<p class="note">${s}</p>`:h} ${t.entries.map(n=>Je(i,n))}
    ${t.writing?Ke:ss(i)}
  </div>`}const Ke=l`<div class="message told" aria-hidden="true">
  <p class="bubble typing"><i></i><i></i><i></i></p>
</div>`;function Je(i,t){switch(t.from){case"note":return l`<p class="note">${t.text}</p>`;case"patient":return Ze(i,t);case"assistant":return Xe(i,t)}}function Ze({words:i,talk:t},e){const{text:s,state:n}=e,o=t.entries.findLast(({from:r})=>r==="patient")===e?"newest":"";return l`<div class="message asked ${n} ${o}" tabindex="-1" aria-live="off">
    <p class="bubble"><span class="unseen">${i.you} </span><span class="text" dir="auto">${s}</span></p>
    ${n==="failed"?l`<p class="note">${i.failed}</p>`:h}
  </div>`}function Xe(i,t){const{answer:e,live:s}=t,{words:n,lang:o,talk:r}=i,c=X(r.entries).includes(t);return l`<div
    class="message told ${e.urgent?"urgent":""}"
    role=${e.urgent&&s?"alert":h}
    lang=${e.lang}
    dir=${Z(e.lang)}
  >
    <p class="bubble">
      <span class="unseen" lang=${o}>${n.assistant} </span
      ><span class="text">${Me(e.text,e.contacts)}</span>
    </p>
    ${e.images.map(a=>l`<div class="picture">${Pe(a)}</div>`)}
    <div class="below" lang=${o} dir=${Z(o)} aria-live="off">
      ${e.sources.length?Qe(i,e.sources):h}
      ${e.sources.length&&!e.urgent?ts(i,t,c):h}
    </div>
  </div>`}function Qe({words:i},t){return l`<details>
    <summary>${i.sources}</summary>
    <ul lang="en" dir="ltr">
      ${t.map(({title:e,journal:s,year:n,url:o})=>{const r=Mt(o),c=[s,s?.includes(String(n))?null:n].filter(Boolean).join(", "),a=l`<a href=${r} target="_blank" rel="noopener noreferrer"
          >${e}<span class="unseen"> ${i.newTab}</span></a
        >`;return l`<li>${r===null?e:a} <span class="where">${c}</span></li>`})}
    </ul>
  </details>`}function ts(i,{answer:t,judged:e},s){const{words:n,copied:o}=i,r=l`<button type="button" @click=${()=>i.copy(t)}>
    ${o===t.id?n.copied:n.copy}
  </button>`;return e==="missing"?es(i,c=>i.judge(t,!1,c)):e==="done"?l`<span class="thanks" tabindex="-1">${n.thanks}</span> ${r}`:s?l`<span class="helpful" role="group" aria-label=${n.helpful}>
          <span aria-hidden="true">${n.helpful}</span>
          <button type="button" @click=${()=>i.judge(t,!0)}>${n.yes}</button>
          <button type="button" @click=${()=>i.judge(t,!1)}>${n.no}</button>
        </span>
        ${r}`:r}function es({words:i},t){return l`<form class="reason" @submit=${s=>{s.preventDefault(),t(s.target.querySelector("input")?.value.trim()??"")}}>
    <label>${i.whyNot} <input type="text" dir="auto" autocomplete="off" maxlength=${Ve} /></label>
    <button type="submit">${i.tell}</button>
    <button type="button" @click=${()=>t("")}>${i.skip}</button>
  </form>`}function ss(i){const t=X(i.talk.entries).map(({answer:e})=>e);return t.some(e=>e.buttons.length)?l`<div class="choices" role="group" aria-label=${i.words.suggestions} aria-live="off">
    ${t.map(({lang:e,buttons:s})=>s.map(({title:n,choice:o})=>l`<button type="button" lang=${e} @click=${()=>i.send(n,o)}>${n}</button>`))}
  </div>`:h}const is="(max-width: 29.99em), (max-height: 24em)";class ns{constructor(t,e){this.host=t,this.closed=e,this.small=matchMedia(is),this.dialog=null,this.again=()=>{const s=this.dialog!==null&&this.small.matches,n=this.host.shadowRoot?.activeElement;this.dialog?.close(),s?this.dialog?.showModal():this.dialog?.show(),n instanceof HTMLElement&&n.focus({preventScroll:!0}),document.documentElement.style.setProperty("overflow",s?"hidden":null),this.fit()},this.left=()=>{this.dialog?.open===!1&&this.closed()},this.fit=()=>{const s=visualViewport,n=s&&s.scale<1.01&&s.height<innerHeight-1;this.host.style.setProperty("--_seen",n?`${s.height}px`:null)},t.addController(this)}hostConnected(){this.small.addEventListener("change",this.again),visualViewport?.addEventListener("resize",this.fit)}hostDisconnected(){this.small.removeEventListener("change",this.again),visualViewport?.removeEventListener("resize",this.fit),this.place(null)}place(t){t!==this.dialog&&(this.dialog?.removeEventListener("close",this.left),this.dialog=t,t?.addEventListener("close",this.left),this.again())}}const Ut=b`
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
`,os=b`
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
    :host(:not([scheme="light"])) .root { ${Ut} }
  }
  :host([scheme="dark"]) .root { ${Ut} }
  @media (prefers-contrast: more) {
    .root { --_line: var(--_ink); --_edge: var(--_ink); --_quiet: var(--_ink); }
  }
`,rs=b`
  :host { display: contents; }
  :host([inline]) { display: block; block-size: var(--stillnight-height, 40rem); }
  :host([hidden]) { display: none; }

  .root {
    --_gap: 16px;
    all: initial;
    color: var(--_ink);
    font: max(17px, 1.0625rem) / 1.5 var(--stillnight-font, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif);
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
  [tabindex="-1"]:focus { outline: 0; }
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
`,as=b`
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
`,ls=b`
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
  .below button {
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
`,cs=b`
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
`,hs=b`
  @media (max-width: 29.99em), (max-height: 24em) {
    .float { inset: 0 !important; inline-size: 100vw; block-size: var(--_seen, 100vh); border: 0; border-radius: 0; padding-block-start: env(safe-area-inset-top); }
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
`,ds=[os,rs,as,ls,cs,hs],us=48,q=class q extends M{constructor(){super(),this.conversation=null,this.frame=new ns(this,()=>this.hide()),this.shown=[],this.atEnd=!0,this.open=!1,this.inline=!1,this.locale="en",this.server="",this.menu="closed",this.copied=null,this.unread=0}show(){if(this.open||this.inline){this.focusField();return}this.open=!0,this.unread=0,this.tell("open"),this.begin(),this.updateComplete.then(()=>this.focusField())}hide(){this.open&&(this.open=!1,this.menu="closed",this.tell("close"),this.focusOn(".launcher"))}ask(t){this.show();const e=Array.from(t.trim()).slice(0,S).join("");e&&this.talk().send(e)}connectedCallback(){super.connectedCallback(),(this.open||this.inline)&&this.begin()}disconnectedCallback(){super.disconnectedCallback(),this.conversation?.stop(),this.conversation=null}willUpdate(t){if(t.has("accent")){const s=this.accent?Se(this.accent):null;this.style.setProperty("--_given",s&&this.accent?this.accent:null),this.style.setProperty("--_given-ink",s)}const e=this.log();this.atEnd=!e||e.scrollHeight-e.scrollTop-e.clientHeight<us}updated(){this.frame.place(this.renderRoot.querySelector("dialog"));const t=this.log(),e=this.conversation?.entries??[];if(t&&e!==this.shown){const s=e.length>this.shown.length&&e.at(-1)!==this.shown.at(-1);if(this.shown=e,this.atEnd||s){const n=t.querySelector(".asked.newest");t.scrollTop=n?n.offsetTop-8:0}}}render(){const{lang:t,words:e}=w(this.locale),s=Z(t);if(this.inline)return l`<section class="root box" lang=${t} dir=${s} aria-label=${this.heading??e.title}>
        ${this.box()}
      </section>`;if(this.open)return l`<dialog class="root box float" lang=${t} dir=${s} aria-label=${this.heading??e.title}>
        ${this.box()}
      </dialog>`;const n=this.unread?kt(e.unread,{count:this.unread}):"";return l`<div class="root corner" lang=${t} dir=${s}>
      <button class="launcher" type="button" aria-haspopup="dialog" @click=${()=>this.show()}>
        ${Ie}<span class="unseen">${e.open} ${n}</span>
        ${this.unread?l`<span class="badge" aria-hidden="true">${this.unread}</span>`:h}
      </button>
    </div>`}box(){const t=this.view();return l`<div class="inner" @keydown=${e=>this.pressed(e)}>
      ${Fe(t)} ${Ge(t)} ${Ue(t)}
    </div>`}view(){const{lang:t,words:e}=w(this.locale),s=this.talk();return{talk:s,words:e,lang:t,heading:this.heading??e.title,greeting:this.greeting,contact:(this.contact??s.numbers?.clinic??"").trim(),inline:this.inline,menu:this.menu,copied:this.copied,send:(n,o)=>this.send(n,o),judge:(n,o,r)=>this.judge(n,o,r),copy:n=>void this.copy(n),show:n=>this.turnTo(n),close:()=>this.hide(),download:()=>void this.download(),startAgain:()=>void this.startAgain(),forget:()=>void this.forget()}}send(t,e){this.menu="closed";const s=this.shadowRoot?.activeElement;this.talk().send(t,e),this.tell("message"),s?.matches(".send")&&!Lt()?this.focusOn("textarea"):s?.matches("textarea")||this.focusOn(".asked.newest")}judge(t,e,s){this.talk().judge(t,e,s),this.focusOn(e||s!==void 0?".thanks":".reason input"),this.talk().say(w(this.locale).words.thanks)}async copy(t){const e=t.sources.map(({title:s,year:n,url:o})=>[s,n,o].filter(Boolean).join(", "));try{await navigator.clipboard.writeText([t.text,...e].join(`
`))}catch{return}this.copied=t.id,this.talk().say(w(this.locale).words.copied)}turnTo(t){this.menu=t,this.focusOn({closed:".more",open:".menu button",forgetting:".keep"}[t])}pressed(t){t.key!=="Escape"||t.isComposing||this.inline&&this.menu==="closed"||(t.preventDefault(),t.stopPropagation(),this.menu==="closed"?this.hide():this.turnTo("closed"))}async startAgain(){this.turnTo("closed"),await this.talk().startAgain().catch(()=>{})}async forget(){this.turnTo("closed");try{await this.talk().forget(),this.tell("forgotten")}catch{this.talk().warn(w(this.locale).words.notForgotten)}}async download(){this.turnTo("closed");let t;try{t=await this.talk().transcript()}catch{this.talk().warn(w(this.locale).words.notLoaded);return}const e=document.createElement("a");e.href=URL.createObjectURL(new Blob([t],{type:"text/plain"})),e.download="stillnight.txt",e.click(),URL.revokeObjectURL(e.href)}async begin(){await this.talk().begin().catch(()=>{})}talk(){return this.conversation??=new xe(this.server,{strings:()=>w(this.locale).words,country:()=>this.country,changed:()=>this.requestUpdate(),answered:()=>{!this.open&&!this.inline&&(this.unread+=1),this.tell("answer")}}),this.conversation}tell(t){this.dispatchEvent(new CustomEvent(`stillnight-${t}`,{bubbles:!0,composed:!0}))}focusField(){this.focusOn(Lt()?".log":"textarea")}focusOn(t){this.updateComplete.then(()=>{this.renderRoot.querySelector(t)?.focus({preventScroll:!0})})}log(){return this.hasUpdated?this.renderRoot.querySelector(".log"):null}};q.styles=ds,q.properties={open:{type:Boolean,reflect:!0},inline:{type:Boolean,reflect:!0},heading:{type:String},greeting:{type:String},locale:{type:String},country:{type:String},contact:{type:String},accent:{type:String},server:{type:String},menu:{state:!0},copied:{state:!0},unread:{state:!0}};let I=q;function Lt(){return matchMedia("(pointer: coarse)").matches}const jt="stillnight-chat",ps="/webhooks/web",gs={title:"heading",greeting:"greeting",locale:"locale",country:"country",contact:"contact",color:"accent",position:"position",scheme:"scheme"},st=document.currentScript;function Dt(){if(customElements.get(jt))return;customElements.define(jt,I);const i=st?.dataset??{},t=st?.src?new URL(st.src,location.href).origin:location.origin,e=i.target?document.querySelector(i.target):null,s=new I;s.server=(i.server??t).replace(/\/+$/,"")+ps,s.locale=document.documentElement.lang||navigator.language;for(const[n,o]of Object.entries(gs)){const r=i[n];r!==void 0&&s.setAttribute(o,r)}s.inline=e!==null,(e??document.body).append(s),window.Stillnight={element:s,open:()=>s.show(),close:()=>s.hide(),ask:n=>s.ask(n)}}document.readyState==="loading"?addEventListener("DOMContentLoaded",Dt,{once:!0}):Dt()})();
